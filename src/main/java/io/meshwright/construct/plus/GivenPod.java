package io.meshwright.construct.plus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.construct.object.ApiObjects.Field;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The pods of a given workload: what a secure service cannot have, and what they leave open. */
final class GivenPod {
    private static final String SPEC = "/spec/template/spec";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private GivenPod() {}

    /** Refuses rights that others of the node or namespace would pay for. */
    static void check(JsonNode pod) {
        refuse(
                pod.path("hostNetwork").asBoolean() || pod.path("hostPID").asBoolean(),
                "has the node's own network, which no sidecar sees",
                "leave hostNetwork out");
        // Kubernetes takes a container's word for the pod's.
        JsonNode whole = pod.path("securityContext");
        containers(pod).forEach(container -> {
            String name = container.path("name").asText();
            JsonNode own = container.path("securityContext");
            refuse(
                    own.path("privileged").asBoolean()
                            || own.path("allowPrivilegeEscalation").asBoolean(),
                    "container \"%s\" may take rights of the node".formatted(name),
                    "leave privileged and allowPrivilegeEscalation out");
            boolean root = own.has("runAsUser")
                    ? own.path("runAsUser").asLong() == 0
                    : whole.has("runAsUser")
                            ? whole.path("runAsUser").asLong() == 0
                            : !own.path("runAsNonRoot")
                                    .asBoolean(whole.path("runAsNonRoot").asBoolean());
            refuse(
                    root,
                    "container \"%s\" may run as root".formatted(name),
                    "write ensureNonRoot(true), and the numeric user of an image that names none");
            refuse(
                    container.at("/resources/limits/memory").isMissingNode(),
                    "container \"%s\" has no memory limit, and may take that of its neighbours".formatted(name),
                    "give it resources");
        });
    }

    /** Returns what they leave open, as fields of the workload; what they say themselves is none of these. */
    static List<Field> missing(JsonNode pod, boolean accountless, Name account) {
        List<Field> fields = new ArrayList<>();
        if (accountless) {
            fields.add(new Field(SPEC.concat("/serviceAccountName"), JSON.textNode(account.toString())));
        }
        add(fields, pod, SPEC, "seccompProfile", JSON.objectNode().put("type", "RuntimeDefault"));
        for (String list : List.of("containers", "initContainers")) {
            for (int i = 0; i < pod.path(list).size(); i++) {
                ObjectNode drop = JSON.objectNode();
                drop.putArray("drop").add("ALL");
                add(fields, pod.path(list).get(i), "%s/%s/%d".formatted(SPEC, list, i), "capabilities", drop);
            }
        }
        return fields;
    }

    private static void add(List<Field> fields, JsonNode owner, String at, String name, ObjectNode value) {
        JsonNode security = owner.path("securityContext");
        if (security.isMissingNode()) {
            fields.add(
                    new Field(at.concat("/securityContext"), JSON.objectNode().set(name, value)));
        } else if (!security.has(name)) {
            fields.add(new Field("%s/securityContext/%s".formatted(at, name), value));
        }
    }

    private static Stream<JsonNode> containers(JsonNode pod) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> StreamSupport.stream(pod.path(list).spliterator(), false));
    }

    private static void refuse(boolean wrong, String problem, String remedy) {
        Require.that(!wrong, GivenWorkload.KEY, problem, remedy);
    }
}
