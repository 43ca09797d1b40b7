package io.meshwright.mesh.gateway;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The issuer or store from which an object has a Secret written. It is found in the namespace of the object, or for the
 * whole cluster where its kind is the cluster's; without a kind it is the namespace's (cert-manager.io, Certificate;
 * external-secrets.io, ExternalSecret).
 *
 * @param place the field that names it
 * @param kind the kind that is looked for
 * @param anywhere whether the kind is the cluster's
 */
public record SecretOrigin(Source place, String name, Kind kind, boolean anywhere) {
    /** Kinds of objects that have Secrets written. */
    public static final List<Kind> WRITERS = List.of(Kind.CERTIFICATE, GatewaySecrets.EXTERNAL_SECRET);

    private static final String CLUSTER = "Cluster";

    /** The one that a writer names; empty where it names none, or one of another program. */
    public static Optional<SecretOrigin> of(Manifest writer) {
        boolean issued = writer.kind().equals(Kind.CERTIFICATE);
        Source place = Source.of(writer).at(issued ? "/spec/issuerRef" : "/spec/secretStoreRef");
        String group = place.value().path("group").asText("");
        String name = place.value().path("name").asText("");
        boolean anywhere = place.value().path("kind").asText("").startsWith(CLUSTER);
        return name.isEmpty() || !group.isEmpty() && !group.equals(writer.kind().group())
                ? Optional.empty()
                : Optional.of(new SecretOrigin(place, name, kind(writer, issued, anywhere), anywhere));
    }

    private static Kind kind(Manifest writer, boolean issued, boolean anywhere) {
        String local = issued ? "Issuer" : "SecretStore";
        return new Kind(writer.kind().group(), anywhere ? CLUSTER.concat(local) : local);
    }

    /** The object of that name that lies where it is not looked for, when none lies where it is. */
    public Optional<Manifest> astray(Manifests manifests) {
        String home = place.manifest().home();
        boolean found = named(manifests, kind)
                .anyMatch(object -> anywhere || object.home().equals(home));
        String other = anywhere ? kind.name().substring(CLUSTER.length()) : CLUSTER.concat(kind.name());
        // One of the name that lies elsewhere is the one that is meant.
        return found
                ? Optional.empty()
                : Stream.of(new Kind(kind.group(), other), kind)
                        .flatMap(each -> named(manifests, each))
                        .findFirst();
    }

    private Stream<Manifest> named(Manifests manifests, Kind sort) {
        return manifests.kind(sort).stream().filter(found -> found.name().equals(name));
    }

    /** The words for what is missing, such as {@code no Issuer "le" in namespace "shop"}. */
    public String missing() {
        return "no %s \"%s\"%s"
                .formatted(
                        kind.name(),
                        name,
                        anywhere
                                ? ""
                                : " in namespace \"%s\""
                                        .formatted(place.manifest().home()));
    }
}
