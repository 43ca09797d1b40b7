package io.meshwright.rehearsal.tunnel;

import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where on this machine an address of the cluster lies: pods at 127.244, their applications at 127.245, whatever is
 * outside the cluster at 127.251; Services have addresses of loopback already, and nobody listens there.
 */
final class Loopback {
    private static final String PODS = "10.244.";
    private static final String SELF = "127.";
    private static final String ANY = "0.0.0.0";
    private static final int ONE_ADDRESS = 32;

    private final Map<String, String> outside = new TreeMap<>();

    /** A pod's own address, where its proxy listens, or its application where it has none. */
    static String pod(String address) {
        return address.startsWith(PODS) ? "127.244.".concat(address.substring(PODS.length())) : address;
    }

    /** Where the application of a pod with a proxy listens. */
    static String application(String address) {
        return "127.245.".concat(address.substring(PODS.length()));
    }

    static boolean isPod(String address) {
        return address.startsWith(PODS) || address.startsWith("127.244.");
    }

    /** The address of a name or an address outside the cluster, the same for each call. */
    synchronized String outside(String host) {
        return outside.computeIfAbsent(
                host, any -> "127.251.%d.%d".formatted(outside.size() / 250, outside.size() % 250 + 1));
    }

    /** Whether a name or an address outside the cluster was called so far. */
    synchronized boolean isOutside(String host) {
        return outside.containsKey(host);
    }

    /** Hosts that got an address, by it. */
    synchronized Map<String, String> hosts() {
        Map<String, String> hosts = new TreeMap<>();
        outside.forEach((host, address) -> hosts.put(address, host));
        return hosts;
    }

    /** An address of an endpoint. */
    Address moved(Address address) {
        if (!address.hasSocketAddress()) {
            return address;
        }
        SocketAddress socket = address.getSocketAddress();
        return address.toBuilder()
                .setSocketAddress(socket.toBuilder().setAddress(moved(socket.getAddress())))
                .build();
    }

    /** What a chain asks of the address that a client meant; a range wider than one address stays as it is. */
    FilterChainMatch moved(FilterChainMatch match) {
        FilterChainMatch.Builder moved = match.toBuilder().clearPrefixRanges();
        for (CidrRange range : match.getPrefixRangesList()) {
            moved.addPrefixRanges(
                    range.getPrefixLen().getValue() == ONE_ADDRESS
                            ? range.toBuilder().setAddressPrefix(moved(range.getAddressPrefix()))
                            : range.toBuilder());
        }
        return moved.build();
    }

    /** An address of the cluster or outside of it. */
    String moved(String address) {
        if (address.equals(ANY)) {
            return address;
        }
        return address.startsWith(PODS) ? pod(address) : address.startsWith(SELF) ? address : outside(address);
    }
}
