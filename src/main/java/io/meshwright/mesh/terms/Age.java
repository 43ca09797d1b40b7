package io.meshwright.mesh.terms;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import java.util.Comparator;
import java.util.Set;

/**
 * Compares the age of two objects, by which Istio settles conflicts (pkg/config/config.go, sortConfigByCreationTime);
 * only objects that were read from a cluster tell their age, and the others count as younger. What istiod makes of an
 * Ingress has no age, so it goes first, by its name.
 */
public final class Age {
    private static final String CREATED = "/metadata/creationTimestamp";
    /** Routes of several objects that istiod merges by host, and names by gateway and host. */
    private static final Set<Kind> MERGED = Set.of(Kind.HTTP_ROUTE, Kind.GRPC_ROUTE);

    /** Stands behind every time. */
    private static final String UNTOLD = "~";

    /** By age alone. */
    public static final Comparator<Manifest> OLDEST_FIRST = Comparator.comparing(Age::created);

    /** Oldest first, then by what Istio falls back to: name, then namespace. */
    public static final Comparator<Manifest> ORDER =
            OLDEST_FIRST.thenComparing(Manifest::name).thenComparing(Manifest::home);

    /** Oldest first, then by namespace and name, as listeners and routes of the Gateway API are. */
    public static final Comparator<Manifest> ORDER_OF_GATEWAY_API =
            OLDEST_FIRST.thenComparing(manifest -> "%s/%s".formatted(manifest.home(), manifest.name()));

    private Age() {}

    private static String created(Manifest manifest) {
        return manifest.text(CREATED).orElse(UNTOLD);
    }

    /** True if the manifests tell which of the two goes first: of two that were created in one second, the names do. */
    public static boolean isTold(Manifest one, Manifest other) {
        return isAgeless(one) || isAgeless(other) || isWritten(one, other) || isOfOneSecond(one, other);
    }

    // Of what istiod makes of other routes of the Gateway API the names are not known.
    private static boolean isOfOneSecond(Manifest one, Manifest other) {
        boolean named = isOfIstio(one) && isOfIstio(other)
                || MERGED.contains(one.kind()) && one.kind().equals(other.kind());
        return one.text(CREATED).isPresent() && created(one).equals(created(other)) && named;
    }

    private static boolean isOfIstio(Manifest manifest) {
        return manifest.kind().group().equals(Kind.GATEWAY.group());
    }

    private static boolean isAgeless(Manifest manifest) {
        return manifest.kind().equals(Kind.INGRESS);
    }

    /** True if both tell their age, and not the same. */
    public static boolean isWritten(Manifest one, Manifest other) {
        return one.text(CREATED).isPresent()
                && other.text(CREATED).isPresent()
                && !created(one).equals(created(other));
    }
}
