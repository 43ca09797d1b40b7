package io.meshwright.mesh.firewall;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.terms.Wildcard;
import io.meshwright.mesh.workload.Namespaces;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** A NetworkPolicy of Kubernetes. */
public record NetworkPolicy(Manifest manifest, Selector selector, Namespaces namespaces) {
    private static final List<String> EVERYWHERE = List.of("0.0.0.0/0", "::/0");

    /**
     * A direction of traffic, seen from the selected pod; {@code peers} and {@code rules} are the fields of a policy.
     */
    public enum Direction {
        INGRESS("Ingress", "ingress", "from"),
        EGRESS("Egress", "egress", "to");

        private final String type;
        private final String rules;
        private final String peers;

        Direction(String type, String rules, String peers) {
            this.type = type;
            this.rules = rules;
            this.peers = peers;
        }
    }

    static NetworkPolicy of(Manifest manifest, Namespaces namespaces) {
        return new NetworkPolicy(manifest, Selector.of(manifest.at("/spec/podSelector")), namespaces);
    }

    /**
     * True if it isolates the pods that it selects in that direction; without policyTypes always on entry, and on exit
     * if it has rules for it (pkg/apis/networking/v1/defaults.go).
     */
    public boolean isolates(Direction direction) {
        List<String> types = manifest.texts("/spec/policyTypes");
        return types.isEmpty()
                ? direction == Direction.INGRESS
                        || !manifest.at("/spec").path(direction.rules).isEmpty()
                : types.contains(direction.type);
    }

    /**
     * Tells whether one of its rules lets the peer through on a port, which {@code server} resolves if it is a name,
     * and the rules that do or may.
     */
    Admission admits(Direction direction, NetworkPeer peer, Optional<Pod> server, int port, String transport) {
        Truth any = Truth.NO;
        List<Source> rules = new ArrayList<>();
        for (int index = 0; index < manifest.at("/spec").path(direction.rules).size(); index++) {
            Source source = Source.of(manifest).item("spec/".concat(direction.rules), index);
            JsonNode rule = manifest.at(source.pointer());
            Truth fits = ports(rule.path("ports"), server, port, transport);
            if (!fits.isNo()) {
                fits = fits.and(peers(rule.path(direction.peers), peer));
            }
            if (!fits.isNo()) {
                rules.add(source);
            }
            any = any.or(fits);
        }
        return new Admission(any, List.copyOf(rules));
    }

    private Truth peers(JsonNode peers, NetworkPeer peer) {
        return peers.isEmpty()
                ? Truth.YES
                : Fields.items(peers).stream().map(item -> fits(item, peer)).reduce(Truth.NO, Truth::or);
    }

    private Truth fits(JsonNode item, NetworkPeer peer) {
        if (item.path("ipBlock").isObject()) {
            return block(item.path("ipBlock"), peer);
        }
        if (peer.pod().isEmpty()) {
            return Truth.NO;
        }
        Pod pod = peer.pod().get();
        Truth here = item.path("namespaceSelector").isObject()
                ? namespaces.selected(Selector.of(item.path("namespaceSelector")), pod.namespace())
                : Truth.of(pod.namespace().equals(manifest.home()));
        return here.and(Truth.of(pod.isSelectedBy(Selector.of(item.path("podSelector")))));
    }

    private static Truth block(JsonNode block, NetworkPeer peer) {
        String cidr = block.path("cidr").asText("");
        List<String> except = Fields.texts(block.path("except"));
        boolean all = EVERYWHERE.contains(cidr) && except.isEmpty();
        return all
                ? Truth.YES
                : peer.address()
                        .test(address ->
                                AddressBlock.contains(cidr, address) && !Wildcard.fitsAddress(except, address));
    }

    private static Truth ports(JsonNode ports, Optional<Pod> server, int port, String transport) {
        return ports.isEmpty()
                ? Truth.YES
                : Fields.items(ports).stream()
                        .filter(item -> item.path("protocol").asText("TCP").equals(transport))
                        .map(item -> fits(item, server, port, transport))
                        .reduce(Truth.NO, Truth::or);
    }

    private static Truth fits(JsonNode item, Optional<Pod> server, int port, String transport) {
        JsonNode written = item.path("port");
        if (written.isMissingNode()) {
            return Truth.YES;
        }
        if (written.isTextual()) {
            return server.map(pod ->
                            transport.equals("UDP") ? pod.datagramPort(written.asText()) : pod.port(written.asText()))
                    .map(number -> Truth.of(number.equals(OptionalInt.of(port))))
                    .orElse(Truth.UNKNOWN);
        }
        return Truth.of(port >= written.asInt() && port <= item.path("endPort").asInt(written.asInt()));
    }

    /** The decision on a connection, and the fields that made it. */
    public record Admission(Truth admitted, List<Source> decidedBy) {}
}
