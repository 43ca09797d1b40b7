package io.meshwright.construct.traffic;

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

/**
 * A service's wish to get some requests of a host.
 *
 * @param resilience what holds where the route says nothing itself
 * @param release how its versions share the requests; empty: there is one
 * @param mirror the service that {@code route.mirror} names
 */
public record Claim(Backend backend, Route route, Resilience resilience, Optional<Release> release, Optional<Backend> mirror) {

  public Claim {
    Require.present("backend", backend);
    Require.present("route", route);
    resilience = resilience == null ? Resilience.defaults() : resilience;
    Require.that((route.mirror() == null) == mirror.isEmpty(), "mirror", "is not the service that the route names",
        "give the service of route.mirror, or neither");
    boolean managed = release.filter(Release::isManaged).isPresent();
    // The controller drops every subset but its two, so a pool of the stream's own cannot stay (argo-rollouts, UpdateHash).
    Require.that(!route.streams() || !managed || resilience.connectionPool() == null, "stream",
        "would share the limits of connectionPool, because Argo Rollouts keeps no subset for streams",
        "remove resilience.connectionPool, or use engine: plain");
    if (!route.isAnswered() && !route.streams()) {
      retries(route, resilience).within(timeout(route, resilience));
    }
  }

  public static Claim of(Backend backend, Route route) {
    return new Claim(backend, route, null, Optional.empty(), Optional.empty());
  }

  public static Claim of(Backend backend, Route route, Resilience resilience, Release release) {
    return new Claim(backend, route, resilience, Optional.ofNullable(release), Optional.empty());
  }

  /** Claims by host, those of preview hosts among them. */
  public static SortedMap<Host, List<Claim>> byHost(Collection<Claim> claims) {
    SortedMap<Host, List<Claim>> byHost = new TreeMap<>();
    for (Claim claim : claims) {
      byHost.computeIfAbsent(claim.route.host(), host -> new ArrayList<>()).add(claim);
      claim.preview().ifPresent(preview ->
          byHost.computeIfAbsent(preview.route.host(), host -> new ArrayList<>()).add(preview));
    }
    return byHost;
  }

  /** Time for the whole answer; zero is no limit. */
  Duration timeout() {
    return route.streams() ? new Duration(0) : timeout(route, resilience);
  }

  Retries retries() {
    return route.streams() ? Retries.none() : retries(route, resilience);
  }

  private Optional<Claim> preview() {
    return release.filter(BlueGreen.class::isInstance).map(BlueGreen.class::cast)
        .filter(blueGreen -> blueGreen.previewHost() != null)
        .map(blueGreen -> new Claim(backend, route.at(blueGreen.previewHost()), resilience,
            Optional.of(new BlueGreen(blueGreen.versions(), blueGreen.preview(), null)), mirror));
  }

  private static Duration timeout(Route route, Resilience resilience) {
    return route.timeout() == null ? resilience.timeout() : route.timeout();
  }

  private static Retries retries(Route route, Resilience resilience) {
    return route.retries() == null ? resilience.retries() : route.retries();
  }
}
