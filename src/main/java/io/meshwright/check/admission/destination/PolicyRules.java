package io.meshwright.check.admission.destination;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.Address;
import io.meshwright.check.admission.part.DnsName;
import io.meshwright.check.admission.part.PoolRules;
import io.meshwright.check.admission.part.PortRules;
import io.meshwright.check.admission.part.Span;
import java.util.List;
import java.util.Set;

/** The traffic policy of a DestinationRule, a subset or a port. */
final class PolicyRules {
    private static final List<String> FOR_PORT = List.of("outlierDetection", "connectionPool", "loadBalancer", "tls");
    private static final List<String> FOR_ALL = List.of("tunnel", "proxyProtocol", "retryBudget");
    private static final String REMEDY = "Write one of its fields, or remove it.";

    private PolicyRules() {}

    static void examine(Field policy) {
        if (!policy.isSet()) {
            return;
        }
        if (!says(policy, FOR_PORT)
                && !says(policy, FOR_ALL)
                && policy.at("portLevelSettings").isEmpty()) {
            policy.refuse("the policy says nothing", REMEDY);
        } else if (policy.at("tunnel").isSet() && policy.at("proxyProtocol").isSet()) {
            policy.at("proxyProtocol").refuse("a policy has either tunnel or proxyProtocol", "Remove one of the two.");
        } else {
            parts(policy);
            policy.at("portLevelSettings").items().forEach(PolicyRules::port);
            tunnel(policy.at("tunnel"));
        }
    }

    private static boolean says(Field policy, List<String> fields) {
        return fields.stream().anyMatch(field -> policy.at(field).isSet());
    }

    private static void port(Field settings) {
        if (!settings.at("port").isSet()) {
            settings.refuse("it is not said for which port", "Write port.number.");
        }
        if (says(settings, FOR_PORT)) {
            parts(settings);
        } else {
            settings.refuse("the settings for the port say nothing", REMEDY);
        }
    }

    private static void parts(Field policy) {
        outliers(policy.at("outlierDetection"));
        PoolRules.examine(policy.at("connectionPool"));
        BalanceRules.examine(policy.at("loadBalancer"));
        ClientTlsRules.examine(policy.at("tls"));
    }

    private static void outliers(Field detection) {
        Span.examine(detection.at("baseEjectionTime"));
        Span.examine(detection.at("interval"));
        Field local = detection.at("consecutiveLocalOriginFailures");
        if (local.number() > 0
                && !detection.at("splitExternalLocalOriginErrors").isTrue()) {
            local.refuse(
                    "local failures are not told from others, so they cannot be counted",
                    "Write splitExternalLocalOriginErrors: true.");
        }
        for (String field : List.of("maxEjectionPercent", "minHealthPercent")) {
            long percent = detection.at(field).number();
            if (percent < 0 || percent > 100) {
                detection
                        .at(field)
                        .refuse("%d is no percentage".formatted(percent), "Write a whole number from 0 to 100.");
            }
        }
    }

    private static void tunnel(Field tunnel) {
        if (!tunnel.isSet()) {
            return;
        }
        Field protocol = tunnel.at("protocol");
        if (!Set.of("", "CONNECT", "POST").contains(protocol.text())) {
            protocol.refuse("\"%s\" opens no tunnel".formatted(protocol.text()), "Write CONNECT or POST.");
        }
        Field host = tunnel.at("targetHost");
        if (DnsName.flaw(host.text()).isPresent() && !Address.isIp(host.text())) {
            host.refuse(
                    "\"%s\" is neither a host nor an address".formatted(host.text()), "Write where the tunnel ends.");
        }
        PortRules.number(tunnel.at("targetPort"));
    }
}
