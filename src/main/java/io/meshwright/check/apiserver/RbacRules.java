package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;

/** Roles and their bindings (rbac/validation). */
final class RbacRules {
    private static final String GROUP = "rbac.authorization.k8s.io";

    private RbacRules() {}

    static void role(Field role, boolean cluster) {
        for (Field rule : role.at("rules").items()) {
            if (rule.at("verbs").isSet()) {
                Limits.needed(rule, "verbs", "Write what may be done.");
            }
            boolean paths = !rule.at("nonResourceURLs").isEmpty();
            boolean resources = !rule.at("apiGroups").isEmpty()
                    || !rule.at("resources").isEmpty()
                    || !rule.at("resourceNames").isEmpty();
            if (paths && !cluster) {
                rule.at("nonResourceURLs").refuse("a Role is about objects of its namespace", "Write a ClusterRole.");
            } else if (paths && resources) {
                rule.refuse("paths and resources do not go together", "Write a rule for each.");
            } else if (!paths) {
                Limits.needed(rule, "apiGroups", "Write the group, \"\" for the core one.");
                if (!rule.at("apiGroups").isEmpty()) {
                    Limits.needed(rule, "resources", "Write the resources.");
                }
            }
        }
    }

    static void binding(Field binding, boolean cluster) {
        Field role = binding.at("roleRef");
        if (role.isSet()) {
            Limits.needed(role, "name", "Write the role's name.");
            if (!List.of("", GROUP).contains(role.at("apiGroup").text())) {
                role.at("apiGroup")
                        .refuse(
                                "\"%s\" has no roles"
                                        .formatted(role.at("apiGroup").text()),
                                "Write %s.".formatted(GROUP));
            }
            if (!role.at("kind").text().equals("ClusterRole")
                    && (cluster || !role.at("kind").text().equals("Role"))) {
                (role.at("kind").isSet() ? role.at("kind") : role)
                        .refuse(
                                "\"%s\" cannot be bound here"
                                        .formatted(role.at("kind").text()),
                                cluster ? "Write ClusterRole." : "Write Role or ClusterRole.");
            }
        }
        binding.at("subjects").items().forEach(RbacRules::subject);
    }

    private static void subject(Field subject) {
        Limits.needed(subject, "name", "Write whom the role is given to.");
        String group = subject.at("apiGroup").text();
        switch (subject.at("kind").text()) {
            case "ServiceAccount" -> {
                // Its namespace is needed as well, but nearly always left for Kustomize to fill in.
                Form.SUBDOMAIN.examine(subject.at("name"));
                group(subject, group.isEmpty(), "\"\"");
            }
            case "User", "Group" -> group(subject, group.isEmpty() || group.equals(GROUP), GROUP);
            default ->
                subject.refuse(
                        "\"%s\" is no kind of subject"
                                .formatted(subject.at("kind").text()),
                        "Write ServiceAccount, User or Group.");
        }
    }

    private static void group(Field subject, boolean right, String wanted) {
        if (!right) {
            subject.at("apiGroup")
                    .refuse(
                            "\"%s\" has no %s"
                                    .formatted(
                                            subject.at("apiGroup").text(),
                                            subject.at("kind").text()),
                            "Write %s.".formatted(wanted));
        }
    }
}
