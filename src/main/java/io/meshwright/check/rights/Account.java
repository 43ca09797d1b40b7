package io.meshwright.check.rights;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.workload.Pod;
import java.util.Set;

/** A service account, by which pods ask the API server. */
public record Account(String namespace, String name) {
    public static Account of(Pod pod) {
        return new Account(pod.namespace(), pod.serviceAccount());
    }

    /** True if a subject of a binding means it: by its name, by its name as a user, or by a group of accounts. */
    boolean isMeantBy(JsonNode subject, String home) {
        String subjectName = subject.path("name").asText("");
        return switch (subject.path("kind").asText("")) {
            case "ServiceAccount" ->
                subjectName.equals(name)
                        && subject.path("namespace").asText(home).equals(namespace);
            case "Group" ->
                Set.of(
                                "system:authenticated",
                                "system:serviceaccounts",
                                "system:serviceaccounts:%s".formatted(namespace))
                        .contains(subjectName);
            case "User" -> subjectName.equals("system:serviceaccount:%s:%s".formatted(namespace, name));
            default -> false;
        };
    }
}
