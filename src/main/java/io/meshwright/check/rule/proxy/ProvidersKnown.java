package io.meshwright.check.rule.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Telemetry that writes access logs must say by which provider, where the mesh has no default; and what names a
 * provider must name one of the mesh.
 */
@AutoService(Inspection.class)
public final class ProvidersKnown implements Check {
    public static final Rule TELEMETRY_WITHOUT_PROVIDER = Rule.warning("MESH296", "telemetry_without_provider")
            .title("A Telemetry names no provider for access logs")
            .twins("IST0157")
            .consequence("Nothing is logged by it.")
            .remedy("Write providers, such as [{name: envoy}], or defaultProviders in the mesh config.");

    public static final Rule PROVIDER_UNKNOWN = Rule.error("MESH298", "provider_unknown")
            .title("An object names a provider that the mesh does not have")
            .consequence("A policy of action CUSTOM denies whatever it fits; a Telemetry sends nothing.")
            .remedy("Add it to extensionProviders of the mesh config, or name one that is there.");

    // Istio adds these to every mesh (pkg/config/mesh, DefaultMeshConfig).
    private static final List<String> BUILT_IN = List.of("prometheus", "stackdriver", "envoy");
    private static final List<String> SIGNALS = List.of("tracing", "metrics", "accessLogging");

    @Override
    public List<Rule> rules() {
        return List.of(TELEMETRY_WITHOUT_PROVIDER, PROVIDER_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return Stream.of(
                        unnamed(mesh),
                        mesh.manifests().kind(Kind.TELEMETRY).stream()
                                .flatMap(telemetry -> named(telemetry)
                                        .flatMap(place -> unknown(mesh, place, "so nothing is sent by it")
                                                .map(finding ->
                                                        finding.isError() ? finding.as(Severity.WARNING) : finding))),
                        mesh.authorizationPolicies().all().stream()
                                .filter(policy -> policy.action() == Action.CUSTOM)
                                .flatMap(policy -> unknown(
                                        mesh,
                                        Source.of(policy.manifest()).at("/spec/provider/name"),
                                        "so every request that the policy fits is denied")))
                .flatMap(findings -> findings);
    }

    private static Stream<Source> named(Manifest telemetry) {
        return SIGNALS.stream()
                .flatMap(signal -> IntStream.range(
                                0, telemetry.at("/spec").path(signal).size())
                        .boxed()
                        .map(index -> Source.of(telemetry).item("spec/".concat(signal), index)))
                .flatMap(entry -> IntStream.range(
                                0,
                                telemetry.at(entry.pointer()).path("providers").size())
                        .mapToObj(index -> entry.item("providers", index).at("/name")));
    }

    /** Only a mesh whose configuration is among the manifests tells which providers there are. */
    private static Stream<Finding> unknown(Mesh mesh, Source place, String consequence) {
        String name = place.value().asText("");
        boolean known = mesh.config().source().isEmpty()
                || name.isEmpty()
                || BUILT_IN.contains(name)
                || mesh.config().mayLack("/extensionProviders")
                || mesh.config().provider(name).isPresent();
        return known
                ? Stream.empty()
                : Stream.of(Completeness.weighed(
                        PROVIDER_UNKNOWN.at(
                                place, "the mesh has no extension provider \"%s\", %s".formatted(name, consequence)),
                        !mesh.installation().isOneOfSeveral()));
    }

    private static Stream<Finding> unnamed(Mesh mesh) {
        boolean byDefault =
                !mesh.config().body().at("/defaultProviders/accessLogging").isEmpty();
        return byDefault
                ? Stream.empty()
                : mesh.manifests().kind(Kind.TELEMETRY).stream()
                        .flatMap(telemetry -> IntStream.range(
                                        0, telemetry.at("/spec/accessLogging").size())
                                .boxed()
                                .filter(index -> isLost(telemetry, index))
                                .map(index -> TELEMETRY_WITHOUT_PROVIDER.at(
                                        Source.of(telemetry).item("spec/accessLogging", index),
                                        "neither the entry nor the mesh names a provider, so nothing"
                                                + " is logged by it")));
    }

    private static boolean isLost(Manifest telemetry, int index) {
        JsonNode entry = telemetry.at("/spec/accessLogging").path(index);
        return entry.path("providers").isEmpty() && !entry.path("disabled").asBoolean(false);
    }
}
