package io.meshwright.environment.agreement;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.Neighbours.Neighbour;
import io.meshwright.environment.agreement.part.DeclaredListener;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Refuses what two files cannot both have in the one cluster that they name. Where no file names its cluster nothing is
 * compared: in clusters of their own they may have everything in common.
 */
final class ClusterSharing {
    private ClusterSharing() {}

    /**
     * Returns what {@code file} takes that another file of its cluster has too; all of it, in the order of the keys.
     */
    static List<InvalidValue> refusals(Neighbour file, List<Neighbour> all) {
        List<InvalidValue> refusals = new ArrayList<>();
        for (Neighbour other : all) {
            if (!other.file().equals(file.file()) && sameCluster(file.environment(), other.environment())) {
                refusals.addAll(refusals(file, other));
            }
        }
        return refusals;
    }

    private static boolean sameCluster(Environment one, Environment other) {
        Name cluster = one.cluster().name();
        return cluster != null && cluster.equals(other.cluster().name());
    }

    private static List<InvalidValue> refusals(Neighbour file, Neighbour other) {
        String name = other.file().getFileName().toString();
        List<InvalidValue> refusals = new ArrayList<>();
        // Charts and stacks have the same names in every environment, and so have their Applications in argocd.
        refusals.add(new InvalidValue(
                "cluster.name",
                "\"%s\" is the cluster of %s, whose Applications (gateway, mesh, services, ...) have the same names"
                        .formatted(file.environment().cluster().name(), name),
                "write both into one file, or name the cluster that this one is for"));
        namespaces(file.environment()).forEach((at, namespace) -> {
            // Of a default the cluster's name says enough, and there would be no place to point at.
            if (file.writes(at) && namespaces(other.environment()).containsValue(namespace)) {
                refusals.add(taken(at, "\"%s\" is a namespace".formatted(namespace), name));
            }
        });
        addresses(file.environment()).forEach((at, address) -> {
            if (addresses(other.environment()).containsValue(address)) {
                refusals.add(taken(at, "\"%s\" is the address".formatted(address), name));
            }
        });
        hosts(file.environment())
                .forEach((at, host) -> overlapping(host, other.environment())
                        .ifPresent(theirs -> refusals.add(taken(at, "\"%s\" is a host".formatted(theirs), name))));
        return refusals;
    }

    private static InvalidValue taken(KeyPath at, String what, String by) {
        return new InvalidValue(at, "%s of %s too, in the same cluster".formatted(what, by), "give each its own");
    }

    private static Map<KeyPath, Name> namespaces(Environment environment) {
        Map<KeyPath, Name> namespaces = new LinkedHashMap<>();
        environment
                .namespaces()
                .keySet()
                .forEach(name -> namespaces.put(KeyPath.of("namespaces").key(name.toString()), name));
        namespaces.put(
                KeyPath.of("observability.namespace"),
                environment.observability().namespace());
        return namespaces;
    }

    private static Optional<Host> overlapping(Host host, Environment other) {
        return hosts(other).values().stream()
                .filter(theirs -> theirs.covers(host) || host.covers(theirs))
                .findFirst();
    }

    private static Map<KeyPath, Host> hosts(Environment environment) {
        Map<KeyPath, Host> hosts = new LinkedHashMap<>();
        DeclaredListener.of(environment).flatMap(List::stream).forEach(declared -> {
            List<Host> served = declared.listener().named();
            for (int i = 0; i < served.size(); i++) {
                hosts.put(declared.at().key("hosts").index(i), served.get(i));
            }
        });
        return hosts;
    }

    private static Map<KeyPath, IpAddress> addresses(Environment environment) {
        Map<KeyPath, IpAddress> addresses = new LinkedHashMap<>();
        environment.gatewayEntries().stream()
                .filter(entry -> entry.gateway().address() != null)
                .forEach(entry ->
                        addresses.put(entry.at().key("address"), entry.gateway().address()));
        return addresses;
    }
}
