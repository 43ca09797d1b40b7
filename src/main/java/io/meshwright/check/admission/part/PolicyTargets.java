package io.meshwright.check.admission.part;

import io.meshwright.check.admission.field.Field;

/** For which pods, services or gateways a policy is: by a selector or by reference. */
public final class PolicyTargets {
    private static final String NAMESPACE = "it acts on every pod of the namespace";

    private PolicyTargets() {}

    public static void examine(Field spec) {
        int ways = (spec.at("selector").isSet() ? 1 : 0)
                + (spec.at("targetRef").isSet() ? 1 : 0)
                + (spec.at("targetRefs").isEmpty() ? 0 : 1);
        if (ways > 1) {
            spec.refuse("pods are both selected and referred to", "Keep one of selector, targetRef and targetRefs.");
        }
        LabelRules.selector(spec.at("selector"), "matchLabels", NAMESPACE);
        if (spec.at("targetRef").isSet()) {
            reference(spec.at("targetRef"));
        }
        spec.at("targetRefs").items().forEach(PolicyTargets::reference);
    }

    private static void reference(Field target) {
        if (target.at("name").isEmpty()) {
            target.at("name").refuse("the reference has no name", "Name the object.");
        }
        if (!target.at("namespace").isEmpty()) {
            target.at("namespace").refuse("a policy is for objects of its own namespace", "Remove namespace.");
        }
        String group =
                target.at("group").isEmpty() ? "core" : target.at("group").text();
        if (!isKnown("%s/%s".formatted(group, target.at("kind").text()), target)) {
            target.at("kind")
                    .refuse(
                            "\"%s\" of group \"%s\" takes no policies"
                                    .formatted(target.at("kind").text(), group),
                            "Write kind Service, ServiceEntry, Gateway or GatewayClass with its group.");
        }
    }

    private static boolean isKnown(String kind, Field target) {
        return switch (kind) {
            case "core/Service", "gateway.networking.k8s.io/Gateway" -> true;
            case "networking.istio.io/ServiceEntry" -> target.version().attachesToServiceEntries();
            case "gateway.networking.k8s.io/GatewayClass" -> target.version().attachesToGatewayClasses();
            default -> false;
        };
    }

    /** The providers that a Telemetry names. */
    public static void providers(Field providers) {
        for (Field provider : providers.items()) {
            if (provider.at("name").isEmpty()) {
                provider.at("name").refuse("the provider has no name", "Name an extension provider of the mesh.");
            }
        }
    }

    /** Refuses empty texts in a list. */
    public static void texts(Field list) {
        list.items().stream()
                .filter(Field::isEmpty)
                .forEach(item -> item.refuse("%s holds an empty text".formatted(list.key()), "Remove it."));
    }
}
