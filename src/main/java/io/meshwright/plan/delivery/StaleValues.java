package io.meshwright.plan.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.object.ObjectId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** ConfigMaps and Secrets that change while nothing in the template of who reads them does. */
final class StaleValues {
    private StaleValues() {}

    /** Workloads that read a ConfigMap or Secret which changes while nothing in their template does. */
    static List<Change> changes(Mesh after, ObjectChanges changes, Set<ObjectId> restarted) {
        List<Change> stale = new ArrayList<>();
        changes.changed()
                .filter(changed -> changed.id().kind().equals(Kind.CONFIG_MAP)
                        || changed.id().kind().equals(Kind.SECRET))
                .filter(changed -> changed.fields().stream()
                        .anyMatch(field ->
                                field.isBelow("data") || field.isBelow("binaryData") || field.isBelow("stringData")))
                .forEach(changed -> {
                    List<String> readers = after.pods().all().stream()
                            .filter(pod ->
                                    pod.namespace().equals(changed.after().home()))
                            .filter(pod -> reads(pod.spec(), changed.id()))
                            .map(pod -> ObjectId.of(pod.source().manifest()))
                            .filter(reader -> !restarted.contains(reader))
                            .map(ObjectId::toString)
                            .distinct()
                            .toList();
                    if (!readers.isEmpty()) {
                        stale.add(ChangeRule.VALUES_STALE
                                .of(
                                        changed.id().toString(),
                                        "nothing restarts: variables keep their values, and mounted files are new within minutes but read again only by who watches them")
                                .because(readers.stream()
                                        .map("read by %s"::formatted)
                                        .toList()));
                    }
                });
        return stale;
    }

    private static boolean reads(JsonNode spec, ObjectId id) {
        boolean isConfig = id.kind().equals(Kind.CONFIG_MAP);
        String source = isConfig ? "configMap" : "secret";
        String named = isConfig ? "name" : "secretName";
        boolean mounted = Fields.items(spec.path("volumes")).stream()
                .anyMatch(volume -> volume.path(source).path(named).asText("").equals(id.name())
                        || Fields.items(volume.at("/projected/sources")).stream()
                                .anyMatch(part -> part.path(source)
                                        .path("name")
                                        .asText("")
                                        .equals(id.name())));
        return mounted
                || List.of("containers", "initContainers").stream()
                        .flatMap(list -> Fields.items(spec.path(list)).stream())
                        .anyMatch(container -> variables(container, source, id.name()));
    }

    private static boolean variables(JsonNode container, String source, String name) {
        return Fields.items(container.path("envFrom")).stream()
                        .anyMatch(from -> from.path(source.concat("Ref"))
                                .path("name")
                                .asText("")
                                .equals(name))
                || Fields.items(container.path("env")).stream()
                        .anyMatch(variable -> variable.path("valueFrom")
                                .path(source.concat("KeyRef"))
                                .path("name")
                                .asText("")
                                .equals(name));
    }
}
