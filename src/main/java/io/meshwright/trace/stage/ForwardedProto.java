package io.meshwright.trace.stage;

import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The scheme that X-Forwarded-Proto tells a gateway: behind trusted proxies what it says counts for the redirect to
 * HTTPS, for matches on the scheme and for the address of other redirects, else the gateway writes over it (Envoy's
 * conn_manager_utility.cc, xff_num_trusted_hops).
 */
final class ForwardedProto {
    static final String HEADER = "x-forwarded-proto";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    private ForwardedProto() {}

    /** The request as routes of a sidecar see it, which believes its application in small and in capital letters. */
    static Arrival believed(Arrival arrival) {
        return arrival.http()
                .header(HEADER)
                .map(told -> told.toLowerCase(Locale.ROOT))
                .filter(told -> !arrival.opaque() && SCHEMES.contains(told))
                .map(arrival::schemed)
                .orElse(arrival);
    }

    /**
     * The request with the header as a proxy reads and passes it on: it writes the connection's scheme where there is
     * none, and at a gateway without trusted proxies over what there is.
     */
    static Arrival written(Arrival arrival, boolean keeps) {
        if (arrival.opaque() || keeps && arrival.http().header(HEADER).isPresent()) {
            return arrival;
        }
        boolean endedInFront = keeps && arrival.http().scheme().equals("https");
        return arrival.with(arrival.http().with(HEADER, arrival.isEncrypted() || endedInFront ? "https" : "http"));
    }

    static Arrival heeded(PathRecorder recorder, Arrival arrival, int trustedProxies, List<Source> config) {
        Optional<String> told = arrival.http().header(HEADER);
        if (told.isEmpty()
                || arrival.opaque()
                || !SCHEMES.contains(arrival.http().scheme())) {
            return arrival;
        }
        boolean believed = trustedProxies > 0 && SCHEMES.contains(told.get());
        recorder.step(
                believed
                        ? "X-Forwarded-Proto is believed: the client spoke %s".formatted(told.get())
                        : "X-Forwarded-Proto is not believed: the connection's own scheme counts",
                config);
        return believed ? arrival.schemed(told.get()) : arrival;
    }
}
