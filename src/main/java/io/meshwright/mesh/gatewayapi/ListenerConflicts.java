package io.meshwright.mesh.gatewayapi;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Of the listeners of one Gateway of the Gateway API and of its ListenerSets, those that one before them leaves no room
 * (pilot/pkg/config/kube/gatewaycommon/listener_conflict.go).
 */
final class ListenerConflicts {
    private static final Set<String> OF_BYTES = Set.of("TCP", "UDP");
    private static final Set<String> OF_NAMES = Set.of("HTTP", "HTTPS", "TLS");

    private final Set<String> leftOut = new TreeSet<>();
    private final List<Source> undecided = new ArrayList<>();
    private final boolean byKind;

    private ListenerConflicts(boolean byKind) {
        this.byKind = byKind;
    }

    /** None up to 1.30, which takes all of them. */
    static ListenerConflicts of(Manifest gateway, List<Manifest> sets, IstioVersion version) {
        ListenerConflicts conflicts = new ListenerConflicts(version.tellsListenerSetsFromGateways());
        if (version.leavesConflictingListenersOut()) {
            conflicts.find(Stream.concat(Stream.of(gateway), sets.stream().sorted(Age.ORDER_OF_GATEWAY_API))
                    .flatMap(owner -> ApiGateway.listeners(owner).stream())
                    .toList());
        }
        return conflicts;
    }

    private void find(List<Source> listeners) {
        List<Source> opened = new ArrayList<>();
        for (Source listener : listeners) {
            Optional<Source> prior = opened.stream()
                    .filter(other -> !areDistinct(listener, other))
                    .findFirst();
            if (prior.isEmpty()) {
                opened.add(listener);
                continue;
            }
            leftOut.add(key(listener));
            Manifest winner = prior.get().manifest();
            boolean told = winner.equals(listener.manifest())
                    || winner.kind().equals(Kind.API_GATEWAY)
                    || Age.isWritten(winner, listener.manifest());
            if (!told) {
                undecided.add(Source.of(listener.manifest()).at("/spec/parentRef"));
            }
        }
    }

    /** True if a listener is left out for one before it. */
    boolean leavesOut(Source listener) {
        return leftOut.contains(key(listener));
    }

    /** The parents that ListenerSets name of which a listener is left out or not, by which set was created first. */
    List<Source> undecided() {
        return undecided;
    }

    /** In 1.31.0 a ListenerSet and a Gateway of one name and namespace share what is left out. */
    private String key(Source listener) {
        Manifest owner = listener.manifest();
        return "%s/%s/%s/%s"
                .formatted(
                        byKind ? owner.kind().name() : "",
                        owner.home(),
                        owner.name(),
                        listener.value().path("name").asText(""));
    }

    private static boolean areDistinct(Source one, Source other) {
        if (port(one) != port(other)) {
            return true;
        }
        String first = one.value().path("protocol").asText("");
        String second = other.value().path("protocol").asText("");
        if (OF_NAMES.contains(first) && OF_NAMES.contains(second)) {
            return !hostname(one).equals(hostname(other));
        }
        boolean known = Stream.of(first, second)
                .allMatch(protocol -> OF_NAMES.contains(protocol) || OF_BYTES.contains(protocol));
        return !known && !first.equals(second);
    }

    /** A ListenerSet may leave it to the protocol. */
    private static int port(Source listener) {
        return Fields.number(listener.value().path("port"))
                .orElseGet(() -> listener.value().path("protocol").asText("").equals("HTTPS") ? 443 : 80);
    }

    private static String hostname(Source listener) {
        return Fields.text(listener.value().path("hostname")).orElse("*");
    }
}
