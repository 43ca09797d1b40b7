package io.meshwright.check.rule.object;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An issuer or a store of secrets is found in the namespace of who names it, or for the whole cluster where its kind is
 * the cluster's; without a kind it is the namespace's (cert-manager.io, Certificate; external-secrets.io,
 * ExternalSecret).
 */
@AutoService(Inspection.class)
public final class ReferencesInReach implements Check {
    public static final Rule REFERENCE_OUT_OF_REACH = Rule.error("MESH414", "reference_out_of_reach")
            .title("An issuer or a store of secrets lies where its name is not looked for")
            .consequence("The Secret is never written, and whoever reads it, such as a gateway, goes without.")
            .remedy(
                    "Name the kind that is there (ClusterIssuer, ClusterSecretStore), or write one into the namespace.");

    /** A field by which objects of a kind name one of two kinds. */
    private record Reference(Kind owner, String field, Kind local, Kind global) {}

    private static final String ISSUERS = "cert-manager.io";
    private static final String STORES = "external-secrets.io";
    private static final List<Reference> REFERENCES = List.of(
            new Reference(
                    Kind.CERTIFICATE,
                    "/spec/issuerRef",
                    new Kind(ISSUERS, "Issuer"),
                    new Kind(ISSUERS, "ClusterIssuer")),
            new Reference(
                    new Kind(STORES, "ExternalSecret"),
                    "/spec/secretStoreRef",
                    new Kind(STORES, "SecretStore"),
                    new Kind(STORES, "ClusterSecretStore")));

    @Override
    public List<Rule> rules() {
        return List.of(REFERENCE_OUT_OF_REACH);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return REFERENCES.stream()
                .flatMap(reference -> mesh.manifests().kind(reference.owner()).stream()
                        .flatMap(owner -> finding(mesh.manifests(), reference, owner).stream()));
    }

    private static Optional<Finding> finding(Manifests manifests, Reference reference, Manifest owner) {
        Source place = Source.of(owner).at(reference.field());
        String name = place.value().path("name").asText("");
        String group = place.value().path("group").asText("");
        if (name.isEmpty()
                || !group.isEmpty() && !group.equals(reference.local().group())) {
            return Optional.empty();
        }
        boolean global =
                place.value().path("kind").asText("").equals(reference.global().name());
        List<Manifest> locals = named(manifests, reference.local(), name);
        List<Manifest> globals = named(manifests, reference.global(), name);
        boolean found = global
                ? !globals.isEmpty()
                : locals.stream().anyMatch(local -> local.home().equals(owner.home()));
        // One of the name that lies elsewhere is the one that is meant.
        return found
                ? Optional.empty()
                : Stream.concat(globals.stream(), locals.stream())
                        .findFirst()
                        .map(other -> REFERENCE_OUT_OF_REACH.at(
                                place,
                                "there is no %s \"%s\"%s, and %s is not looked for"
                                        .formatted(
                                                (global ? reference.global() : reference.local()).name(),
                                                name,
                                                global ? "" : " in namespace \"%s\"".formatted(owner.home()),
                                                other)));
    }

    private static List<Manifest> named(Manifests manifests, Kind kind, String name) {
        return manifests.kind(kind).stream()
                .filter(found -> found.name().equals(name))
                .toList();
    }
}
