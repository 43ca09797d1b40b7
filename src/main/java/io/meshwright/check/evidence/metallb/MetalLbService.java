package io.meshwright.check.evidence.metallb;

import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Service that asks MetalLB for addresses, and what decides whether it may share them (metallb.io,
 * internal/allocator: sharingOK, k8salloc.BackendKey).
 */
public record MetalLbService(OpenService open) {
    private static final List<String> PREFIXES = List.of("metallb.io/", "metallb.universe.tf/");
    private static final String ADDRESSES = "loadBalancerIPs";
    private static final String KEY = "allow-shared-ip";
    private static final Set<String> KNOWN =
            new TreeSet<>(List.of(ADDRESSES, KEY, "address-pool", "ip-allocated-from-pool"));

    /** Empty for a Service of another type, and for one that another balancer serves. */
    public static Optional<MetalLbService> of(Service service) {
        OpenService open = new OpenService(service);
        boolean foreign = Fields.text(open.setting("loadBalancerClass"))
                .filter(name -> !name.contains("metallb"))
                .isPresent();
        return !open.type().equals("LoadBalancer") || foreign
                ? Optional.empty()
                : Optional.of(new MetalLbService(open));
    }

    /** True if something on it is for MetalLB. */
    public boolean isMeant() {
        return names().findAny().isPresent();
    }

    private Stream<String> names() {
        return open.annotations().keySet().stream()
                .filter(name -> PREFIXES.stream().anyMatch(name::startsWith));
    }

    /** The addresses that it asks for, each with the place that names it. */
    public Map<String, Source> addresses() {
        Map<String, Source> asked = new TreeMap<>();
        annotation(ADDRESSES)
                .ifPresent(name -> Arrays.stream(
                                open.annotations().getOrDefault(name, "").split(","))
                        .map(String::strip)
                        .filter(address -> !address.isEmpty())
                        .forEach(address -> asked.put(address, open.annotationAt(name))));
        Fields.text(open.setting("loadBalancerIP"))
                .ifPresent(address -> asked.putIfAbsent(address, open.field("loadBalancerIP")));
        return Collections.unmodifiableMap(asked);
    }

    /** The pool out of which alone it wants its addresses, with the place that names it. */
    public Optional<Map.Entry<String, Source>> pool() {
        return annotation("address-pool")
                .map(name -> Map.entry(open.annotations().getOrDefault(name, ""), open.annotationAt(name)));
    }

    /** Key of the Services that may share its addresses; empty where it shares none. */
    public String sharingKey() {
        return annotation(KEY).map(open.annotations()::get).orElse("");
    }

    private Optional<String> annotation(String name) {
        return PREFIXES.stream()
                .map(prefix -> prefix.concat(name))
                .filter(open.annotations()::containsKey)
                .findFirst();
    }

    /** An annotation of MetalLB's domain that it does not read, as one that is misspelt. */
    public Optional<String> misspelt() {
        return names().filter(name -> !KNOWN.contains(name.substring(name.indexOf('/') + 1)))
                .min(Comparator.naturalOrder());
    }

    /** Why MetalLB gives one address to one of two Services only, if it does. */
    public Optional<String> conflict(MetalLbService other) {
        if (sharingKey().isEmpty() || other.sharingKey().isEmpty()) {
            MetalLbService without = sharingKey().isEmpty() ? this : other;
            return Optional.of("%s has no sharing key%s"
                    .formatted(
                            without.open.service(),
                            without.misspelt()
                                    .map("; \"%s\" is no annotation of MetalLB's"::formatted)
                                    .orElse("")));
        }
        if (!sharingKey().equals(other.sharingKey())) {
            return Optional.of("their sharing keys are \"%s\" and \"%s\"".formatted(sharingKey(), other.sharingKey()));
        }
        if (!backends().equals(other.backends())) {
            return Optional.of("with externalTrafficPolicy Local they must have the same selector and policy");
        }
        return ports().stream().filter(other.ports()::contains).findFirst().map("both have port %s"::formatted);
    }

    private String backends() {
        return open.isLocal()
                ? "Local "
                        .concat(open.service()
                                .selector()
                                .map(Selector::labels)
                                .map(TreeMap::new)
                                .orElseGet(TreeMap::new)
                                .toString())
                : "";
    }

    private Set<String> ports() {
        return open.service().ports().stream()
                .map(port -> "%d/%s"
                        .formatted(
                                port.number(),
                                port.source().value().path("protocol").asText("TCP")))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
