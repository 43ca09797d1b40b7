package io.meshwright.check.admission.security;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.PolicyTargets;
import java.util.List;
import java.util.Set;

/** A condition of a rule of an AuthorizationPolicy: an attribute and the values that it may have. */
final class ConditionRules {
    private static final Set<String> TEXTS = Set.of(
            "source.namespace",
            "source.principal",
            "request.auth.principal",
            "request.auth.audiences",
            "request.auth.presenter",
            "connection.sni");
    private static final Set<String> ADDRESSES = Set.of("source.ip", "remote.ip", "destination.ip");
    private static final List<String> WITH_KEY =
            List.of("request.headers", "request.auth.claims", "experimental.envoy.filters.");
    private static final String ACCOUNT = "source.serviceAccount";
    private static final String TRUST_DOMAIN = "source.trustDomain";
    private static final Set<String> NOT_CUSTOM = Set.of("source.namespace", ACCOUNT, "source.principal", TRUST_DOMAIN);

    private ConditionRules() {}

    static void examine(Field condition, boolean custom) {
        Field key = condition.at("key");
        if (custom && (NOT_CUSTOM.contains(key.text()) || key.text().startsWith("request.auth."))) {
            key.refuse("action CUSTOM does not look at %s".formatted(key.text()), "Let the provider decide on it.");
        }
        if (key.isEmpty()) {
            key.refuse("the condition has no key", "Write an attribute such as request.headers[x-user].");
        } else if (condition.at("values").isEmpty() && condition.at("notValues").isEmpty()) {
            condition.refuse("%s is compared with nothing".formatted(key.text()), "Write values or notValues.");
        } else {
            List.of("values", "notValues").forEach(field -> PolicyTargets.texts(condition.at(field)));
            attribute(key, condition);
        }
    }

    private static void attribute(Field key, Field condition) {
        String name = key.text();
        if (ADDRESSES.contains(name)) {
            values(condition)
                    .forEach(values -> values.items().stream()
                            .filter(value -> !value.isEmpty())
                            .forEach(Address::examineIpOrBlock));
        } else if (name.equals("destination.port")) {
            values(condition).forEach(OperationRules::ports);
        } else if (name.equals(ACCOUNT) && key.version().knowsServiceAccounts()) {
            values(condition).forEach(SourceRules::accounts);
        } else if (name.equals(TRUST_DOMAIN) && key.version().knowsTrustDomains()) {
            values(condition).forEach(domains -> SourceRules.domains(domains, true));
        } else if (WITH_KEY.stream().anyMatch(name::startsWith)) {
            keyed(key);
        } else if (!TEXTS.contains(name)) {
            key.refuse(
                    "\"%s\" is no attribute of requests".formatted(name),
                    "Write one such as source.ip or request.headers[x-user].");
        }
    }

    private static List<Field> values(Field condition) {
        return List.of(condition.at("values"), condition.at("notValues"));
    }

    private static void keyed(Field key) {
        int open = key.text().indexOf('[');
        if (open <= 0 || !key.text().endsWith("]") || open >= key.text().length() - 2) {
            key.refuse("\"%s\" names no part of it".formatted(key.text()), "Write ATTRIBUTE[NAME].");
        }
    }
}
