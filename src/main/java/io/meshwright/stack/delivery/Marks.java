package io.meshwright.stack.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.environment.Delivery;
import io.meshwright.value.ArgoNames;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.delivery.FluxNames;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The annotations by which our objects tell Argo CD how they are applied and removed, where another one delivers them:
 * Flux has two words of the four, a turn inside a stack becomes a folder of its own, and nobody reads the others.
 */
public final class Marks {
    private static final String FIRST = "-1";
    private static final String KEPT = "Prune=confirm,Delete=confirm";
    private static final String ANEW = "Force=true,Replace=true";
    private static final String LAST = "PruneLast=true";
    private static final Set<String> OURS = Set.of(KEPT, ANEW, LAST);

    private final Delivery.Type type;

    public Marks(Delivery.Type type) {
        this.type = type;
    }

    /** The name of the folder in which those objects of a stack stand that are applied before its pods. */
    public static String limitsOf(String stack) {
        return "%s-limits".formatted(stack);
    }

    /**
     * The stacks with objects that are applied before their pods.
     *
     * @param manifests every object by the path of its construct, whose first step is its stack
     * @throws InvalidValue for an annotation that only Argo CD understands
     */
    SortedSet<String> limited(Map<String, JsonNode> manifests) {
        SortedSet<String> limited = new TreeSet<>();
        manifests.forEach((path, manifest) -> {
            refuse(path, manifest);
            JsonNode wave = manifest.path("metadata").path("annotations").path(ArgoNames.SYNC_WAVE);
            if (wave.asText().equals(FIRST)) {
                limited.add(path.split("/", 2)[0]);
            }
        });
        return limited;
    }

    private void refuse(String path, JsonNode manifest) {
        manifest.path("metadata").path("annotations").properties().forEach(annotation -> {
            String value = annotation.getValue().asText();
            boolean known = annotation.getKey().equals(ArgoNames.SYNC_WAVE) && value.equals(FIRST)
                    || annotation.getKey().equals(ArgoNames.SYNC_OPTIONS) && OURS.contains(value);
            if (annotation.getKey().startsWith(ArgoNames.ARGO_CD) && !known) {
                throw new InvalidValue(
                        KeyPath.of("delivery.type"),
                        "\"%s\" does not know \"%s\" of %s".formatted(type.word(), annotation.getKey(), path),
                        "leave it out of the object, or let Argo CD deliver this environment");
            }
        });
    }

    /** The folder of an object of a stack. */
    public String folder(String stack, String text) {
        boolean first = Annotations.of(text)
                .value(ArgoNames.SYNC_WAVE)
                .filter(FIRST::equals)
                .isPresent();
        return !isArgoCd() && first ? limitsOf(stack) : stack;
    }

    /** The object as this delivery needs it. */
    public String text(String text) {
        if (isArgoCd() || !text.contains(ArgoNames.ARGO_CD)) {
            return text;
        }
        Annotations annotations = Annotations.of(text);
        Optional<String> options = annotations.value(ArgoNames.SYNC_OPTIONS);
        annotations.remove(ArgoNames.SYNC_WAVE);
        annotations.remove(ArgoNames.SYNC_OPTIONS);
        if (type == Delivery.Type.FLUX) {
            options.filter(KEPT::equals).ifPresent(kept -> annotations.put(FluxNames.PRUNE, "disabled"));
            options.filter(ANEW::equals).ifPresent(anew -> annotations.put(FluxNames.FORCE, "enabled"));
        }
        return annotations.text();
    }

    private boolean isArgoCd() {
        return type == Delivery.Type.ARGOCD;
    }
}
