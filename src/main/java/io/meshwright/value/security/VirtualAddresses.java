package io.meshwright.value.security;

import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Require;
import io.meshwright.value.Version;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32;

/**
 * An address of its own for each TCP host outside the mesh, so that two on one port do not capture each other; the
 * sidecar's DNS proxy hands it out, so the mesh needs {@code ISTIO_META_DNS_CAPTURE} (istio.io, DNS proxying).
 */
public final class VirtualAddresses {
    /** From this line istiod allocates addresses itself (istio.io, announcing 1.25). */
    private static final Version ALLOCATED_BY_ISTIOD = Version.of("1.25");
    // 240.240.0.0/16 is reserved space that Istio itself takes addresses from; the last octet avoids 0 and 255.
    private static final int OCTET = 254;
    private static final int CAPACITY = OCTET * OCTET;

    private final Map<Host, IpAddress> addresses;

    private VirtualAddresses(Map<Host, IpAddress> addresses) {
        this.addresses = addresses;
    }

    /** Addresses that depend on the hosts only: a new host rarely moves another, and never by its place in a file. */
    public static VirtualAddresses of(Version istio, Collection<ExternalService> services) {
        Map<Host, IpAddress> addresses = new LinkedHashMap<>();
        if (!istio.isAtLeast(ALLOCATED_BY_ISTIOD)) {
            Set<IpAddress> taken = new TreeSet<>();
            hosts(services).forEach(host -> addresses.put(host, free(host, taken)));
        }
        return new VirtualAddresses(addresses);
    }

    /** Empty where the host needs none, or istiod allocates it. */
    public Optional<IpAddress> of(Host host) {
        return Optional.ofNullable(addresses.get(host));
    }

    /** True if the mesh must set {@code ISTIO_META_DNS_CAPTURE: "true"} on its proxies for these services. */
    public static boolean needDnsCapture(Collection<ExternalService> services) {
        return !hosts(services).isEmpty();
    }

    private static Set<Host> hosts(Collection<ExternalService> services) {
        Set<Host> hosts = new TreeSet<>();
        services.stream().filter(ExternalService::needsOwnAddress).forEach(service -> hosts.addAll(service.hosts()));
        Require.that(
                hosts.size() <= CAPACITY,
                "externals",
                "\"%d\" TCP hosts are too many".formatted(hosts.size()),
                "give at most %d".formatted(CAPACITY));
        return hosts;
    }

    private static IpAddress free(Host host, Set<IpAddress> taken) {
        CRC32 hash = new CRC32();
        hash.update(host.value().getBytes(StandardCharsets.UTF_8));
        int slot = (int) (hash.getValue() % CAPACITY);
        while (!taken.add(address(slot))) {
            slot = (slot + 1) % CAPACITY;
        }
        return address(slot);
    }

    private static IpAddress address(int slot) {
        return IpAddress.of("240.240.%d.%d".formatted(slot / OCTET, slot % OCTET + 1));
    }
}
