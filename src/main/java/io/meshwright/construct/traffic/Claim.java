package io.meshwright.construct.traffic;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.traffic.BlueGreen;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Resilience;
import io.meshwright.value.traffic.Retries;
import io.meshwright.value.traffic.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A service's wish to get some requests of a host.
 *
 * @param resilience what holds where the route says nothing itself
 * @param release how its versions share the requests; empty: there is one
 * @param mirror the service that {@code route.mirror} names
 */
public record Claim(
        Backend backend,
        Route route,
        @Defaulted Resilience resilience,
        Optional<Release> release,
        Optional<Backend> mirror) {
    public Claim {
        Require.present("backend", backend);
        Require.present("route", route);
        resilience = resilience == null ? Resilience.defaults() : resilience;
        Require.that(
                (route.mirror() == null) == mirror.isEmpty(),
                "mirror",
                "is not the service that the route names",
                "give the service of route.mirror, or neither");
        resilience.refuseSharedPool(route, release.orElse(null));
        resilience.refuseLateTries(route);
    }

    public static Claim of(Backend backend, Route route) {
        return new Claim(backend, route, null, Optional.empty(), Optional.empty());
    }

    public static Claim of(Backend backend, Route route, @Nullable Resilience resilience, @Nullable Release release) {
        return new Claim(backend, route, resilience, Optional.ofNullable(release), Optional.empty());
    }

    /** Claims by host, those of preview hosts among them. */
    public static SortedMap<Host, List<Claim>> byHost(Collection<Claim> claims) {
        SortedMap<Host, List<Claim>> byHost = new TreeMap<>();
        for (Claim claim : claims) {
            byHost.computeIfAbsent(claim.route.host(), host -> new ArrayList<>())
                    .add(claim);
            claim.preview()
                    .ifPresent(preview -> byHost.computeIfAbsent(preview.route.host(), host -> new ArrayList<>())
                            .add(preview));
        }
        return byHost;
    }

    /** Time for the whole answer; zero is no limit. */
    Duration timeout() {
        return resilience.timeoutOf(route);
    }

    Retries retries() {
        return resilience.retriesOf(route);
    }

    private Optional<Claim> preview() {
        return release.filter(BlueGreen.class::isInstance)
                .map(BlueGreen.class::cast)
                .flatMap(blueGreen -> Optional.ofNullable(blueGreen.previewHost())
                        .map(host -> new Claim(
                                backend,
                                route.at(host),
                                resilience,
                                Optional.of(new BlueGreen(blueGreen.versions(), blueGreen.preview(), null)),
                                mirror)));
    }
}
