package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Further gateways have names, addresses and node ports that nothing else has. */
public final class GatewaysApart implements Agreement {
    /** Names of Istio's charts and of the first gateway, behind istio- and as callers. */
    private static final Set<Name> TAKEN = Set.of(
            GatewayEntry.FIRST,
            Name.of("mesh"),
            Name.of("base"),
            Name.of("cni"),
            Name.of("ingressgateway"),
            Name.of("egressgateway"));

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        List<GatewayEntry> entries = environment.gatewayEntries();
        for (int i = 1; i < entries.size(); i++) {
            GatewayEntry entry = entries.get(i);
            named(environment, entry).ifPresent(refusals::add);
            objects(entries.subList(0, i), entry).ifPresent(refusals::add);
            address(entries.subList(0, i), entry).ifPresent(refusals::add);
            if (entry.wantsPortsOfPlatform()) {
                refusals.add(new InvalidValue(
                        entry.at().key("service").key("type"),
                        "is missing, and cluster.platform.nodePorts are the first gateway's",
                        "give LoadBalancer, ClusterIP, or NodePort with nodePorts"));
            }
        }
        return refusals;
    }

    private static Optional<InvalidValue> named(Environment environment, GatewayEntry entry) {
        if (TAKEN.contains(entry.name())) {
            return Optional.of(new InvalidValue(
                    entry.at(),
                    "\"%s\" is the name of something else of Istio's or ours".formatted(entry.name()),
                    "call it otherwise, such as public or internal"));
        }
        return environment.services().containsKey(entry.name())
                ? Optional.of(new InvalidValue(
                        entry.at(),
                        "\"%s\" is a service too, so that nobody could tell which of them a caller is"
                                .formatted(entry.name()),
                        "call one of them otherwise"))
                : Optional.empty();
    }

    private static Optional<InvalidValue> objects(List<GatewayEntry> others, GatewayEntry entry) {
        return others.stream()
                .filter(other -> other.gateway().name().equals(entry.gateway().name())
                        && other.gateway().namespace().equals(entry.gateway().namespace()))
                .findFirst()
                .map(other -> new InvalidValue(
                        entry.at(),
                        "\"%s\" is the name of the Gateway object of %s too".formatted(entry.name(), other.words()),
                        "call one of them otherwise"));
    }

    private static Optional<InvalidValue> address(List<GatewayEntry> others, GatewayEntry entry) {
        IpAddress address = entry.gateway().address();
        KeyPath at = entry.at().key("address");
        return others.stream()
                .filter(other ->
                        address != null && address.equals(other.gateway().address()))
                .findFirst()
                .map(other -> new InvalidValue(
                        at, "\"%s\" is the address of %s too".formatted(address, other.words()), "give each its own"));
    }
}
