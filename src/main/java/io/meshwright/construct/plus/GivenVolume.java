package io.meshwright.construct.plus;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.Volume;
import io.meshwright.value.workload.Volume.EmptyDir;
import io.meshwright.value.workload.Volume.Medium;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.plus34.ContainerProps;
import org.cdk8s.plus34.Pod;
import org.cdk8s.plus34.PodProps;
import org.jspecify.annotations.Nullable;

/**
 * A volume of cdk8s-plus.
 *
 * @param name in the pod
 * @param volume what it is
 */
public record GivenVolume(Name name, Volume volume) {
    private static final String KEY = "volume";

    /**
     * Reads one, as it would stand in a pod.
     *
     * @throws InvalidValue where it is of a kind, or has a setting, that pods of services cannot have
     */
    public static GivenVolume of(org.cdk8s.plus34.Volume volume) {
        // cdk8s-plus shows nothing of a volume but its name; a pod that is nowhere delivered shows the rest.
        Chart nowhere = new Chart(new App(), "nowhere");
        new Pod(
                nowhere,
                "pod",
                PodProps.builder()
                        .volumes(List.of(Require.present(KEY, volume)))
                        .containers(List.of(ContainerProps.builder().image(KEY).build()))
                        .build());
        JsonNode written =
                ApiObjects.manifests(nowhere).values().iterator().next().at("/spec/volumes/0");
        Name name = Name.of(written.path("name").asText());
        return new GivenVolume(name, read(name, written));
    }

    private static Volume read(Name name, JsonNode written) {
        if (written.has("emptyDir")) {
            JsonNode empty = only(name, written.get("emptyDir"), "sizeLimit", "medium");
            return Volume.of(emptyDir(name, empty));
        }
        if (written.has("configMap")) {
            return Volume.configMap(ObjectName.of(named(name, written.get("configMap"), "name")));
        }
        if (written.has("secret")) {
            return Volume.secret(ObjectName.of(named(name, written.get("secret"), "secretName")));
        }
        if (written.has("persistentVolumeClaim")) {
            return Volume.claim(Name.of(named(name, written.get("persistentVolumeClaim"), "claimName")));
        }
        Set<String> kinds = new TreeSet<>();
        written.fieldNames().forEachRemaining(kinds::add);
        kinds.remove("name");
        throw new InvalidValue(
                KEY,
                "\"%s\" is of a kind that a service's pod cannot have: %s".formatted(name, String.join(", ", kinds)),
                "take emptyDir, configMap, secret or a claim, or give the service a whole Deployment");
    }

    private static EmptyDir emptyDir(Name name, JsonNode empty) {
        Require.that(
                empty.hasNonNull("sizeLimit"),
                KEY,
                "\"%s\" may fill the node's disk".formatted(name),
                "give its emptyDir a sizeLimit");
        @Nullable Medium medium = empty.path("medium").asText().equals("Memory") ? Medium.MEMORY : null;
        return new EmptyDir(Quantity.of(empty.get("sizeLimit").asText()), medium);
    }

    private static String named(Name volume, JsonNode source, String field) {
        only(volume, source, field);
        return GivenObject.named(KEY, source.path(field).asText());
    }

    private static JsonNode only(Name volume, JsonNode source, String... read) {
        Set<String> fields = new TreeSet<>();
        source.fieldNames().forEachRemaining(fields::add);
        List.of(read).forEach(fields::remove);
        Require.that(
                fields.isEmpty(),
                KEY,
                "\"%s\" has settings that would be lost: %s".formatted(volume, String.join(", ", fields)),
                "leave them out, or give the service a whole Deployment");
        return source;
    }
}
