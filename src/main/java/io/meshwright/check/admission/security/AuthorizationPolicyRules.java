package io.meshwright.check.admission.security;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.PolicyTargets;
import java.util.List;
import java.util.stream.Stream;

/** An AuthorizationPolicy: its action, and that each rule says something. */
public final class AuthorizationPolicyRules implements KindRules {
    private static final String CUSTOM = "CUSTOM";
    private static final List<String> OF_CONNECTIONS = List.of(
            "principals",
            "notPrincipals",
            "ipBlocks",
            "notIpBlocks",
            "namespaces",
            "notNamespaces",
            "remoteIpBlocks",
            "notRemoteIpBlocks",
            "serviceAccounts",
            "notServiceAccounts");

    @Override
    public void examine(Field spec) {
        PolicyTargets.examine(spec);
        String action = spec.at("action").text();
        boolean custom = action.equals(CUSTOM);
        Field provider = spec.at("provider");
        if (spec.at("rules").isEmpty() && (custom || action.equals("DENY"))) {
            spec.refuse(
                    "action %s without rules fits no request".formatted(action),
                    "Write rules, or rules: [{}] for all.");
        } else if (custom && provider.at("name").isEmpty()) {
            spec.at("provider").refuse("action CUSTOM asks nobody", "Write provider.name.");
        }
        if (provider.isSet() && !custom) {
            provider.refuse("only action CUSTOM asks a provider", "Remove provider, or write action: CUSTOM.");
        }
        for (Field rule : spec.at("rules").items()) {
            rule.at("from").items().forEach(from -> part(from, "source", custom));
            rule.at("to").items().forEach(to -> part(to, "operation", custom));
            rule.at("when").items().forEach(condition -> ConditionRules.examine(condition, custom));
            if (action.equals("DENY") && asksForHttpOnly(rule)) {
                rule.remark(
                        "the rule asks for HTTP only, so it denies every connection to a port of plain TCP",
                        "Write to.operation.ports.");
            }
        }
    }

    private static void part(Field entry, String name, boolean custom) {
        if (!entry.at(name).isSet()) {
            entry.refuse("the entry has no %s".formatted(name), "Write %s, or remove the entry.".formatted(name));
        } else if (name.equals("source")) {
            SourceRules.examine(entry.at(name), custom);
        } else {
            OperationRules.examine(entry.at(name));
        }
    }

    private static boolean asksForHttpOnly(Field rule) {
        List<Field> sources = parts(rule, "from", "source");
        List<Field> operations = parts(rule, "to", "operation");
        boolean connection = sources.stream()
                .anyMatch(source -> OF_CONNECTIONS.stream()
                        .anyMatch(field -> !source.at(field).isEmpty()));
        boolean port = operations.stream()
                .anyMatch(operation -> Stream.of("ports", "notPorts")
                        .anyMatch(field -> !operation.at(field).isEmpty()));
        return operations.isEmpty() ? !sources.isEmpty() && !connection : !port;
    }

    private static List<Field> parts(Field rule, String list, String name) {
        return rule.at(list).items().stream()
                .map(item -> item.at(name))
                .filter(Field::isSet)
                .toList();
    }
}
