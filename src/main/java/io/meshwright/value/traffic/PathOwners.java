package io.meshwright.value.traffic;

import io.meshwright.value.Host;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The services that own the paths of a host: with two, the order in which they are made would decide between them. */
public final class PathOwners {
    /** Remedy for two owners. */
    public static final String REMEDY = "give it to one of them, or give one a longer path";

    private final Map<Place, String> owners = new HashMap<>();

    /** Whoever else owns the route's path already; where nobody does, it is the claimant's from now on. */
    public Optional<String> otherOwner(Route route, String claimant) {
        String owner = owners.putIfAbsent(new Place(route.host(), route.path()), claimant);
        return Optional.ofNullable(owner).filter(other -> !other.equals(claimant));
    }

    private record Place(Host host, RoutePath path) {}
}
