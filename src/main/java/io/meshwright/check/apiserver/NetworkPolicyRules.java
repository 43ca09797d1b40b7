package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.text.IpRange;
import java.util.Optional;

/** A NetworkPolicy (networking/validation, ValidateNetworkPolicySpec). */
final class NetworkPolicyRules {
    private NetworkPolicyRules() {}

    static void examine(Field spec) {
        Selectors.selector(spec.at("podSelector"));
        spec.at("ingress").items().forEach(rule -> rule(rule, "from"));
        spec.at("egress").items().forEach(rule -> rule(rule, "to"));
    }

    private static void rule(Field rule, String peers) {
        for (Field port : rule.at("ports").items()) {
            Limits.portOrName(port.at("port"));
            Limits.port(port.at("endPort"));
            if (port.at("endPort").isSet()
                    && (!port.at("port").isNumber()
                            || port.at("endPort").number() < port.at("port").number())) {
                port.at("endPort")
                        .refuse(
                                "a range begins with a number that is not above its end",
                                "Write port as a number up to endPort.");
            }
        }
        rule.at(peers).items().forEach(NetworkPolicyRules::peer);
    }

    private static void peer(Field peer) {
        boolean selects =
                peer.at("podSelector").isSet() || peer.at("namespaceSelector").isSet();
        if (selects == peer.at("ipBlock").isSet()) {
            peer.refuse(
                    selects ? "addresses and selectors do not go together" : "the peer is nobody",
                    "Write selectors, or ipBlock.");
        }
        Selectors.selector(peer.at("podSelector"));
        Selectors.selector(peer.at("namespaceSelector"));
        block(peer.at("ipBlock"));
    }

    private static void block(Field block) {
        if (!block.isSet()) {
            return;
        }
        Optional<IpRange> whole = range(block.at("cidr"));
        for (Field hole : block.at("except").items()) {
            Optional<IpRange> inner = range(hole);
            if (whole.isPresent()
                    && inner.isPresent()
                    && (!whole.get().contains(inner.get())
                            || inner.get().prefix() == whole.get().prefix())) {
                hole.refuse(
                        "\"%s\" is no part of \"%s\""
                                .formatted(hole.text(), block.at("cidr").text()),
                        "Except a smaller block within it.");
            }
        }
    }

    private static Optional<IpRange> range(Field field) {
        Optional<IpRange> range = IpRange.of(field.text());
        if (field.isSet() && range.isEmpty()) {
            field.refuse("\"%s\" is no block of addresses".formatted(field.text()), "Write one such as 10.0.0.0/8.");
        }
        return range;
    }
}
