package io.meshwright.check.rule.object;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.TrafficPolicies;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Settings that newer releases ignore, and some that they will. */
@AutoService(Inspection.class)
public final class Deprecations implements Check {
    public static final Rule SETTING_IGNORED = Rule.error("MESH281", "setting_ignored")
            .title("A setting is no longer read")
            .twins("IST0002")
            .consequence("It does nothing.")
            .remedy("Write what took its place.");

    public static final Rule SETTING_DEPRECATED = Rule.warning("MESH282", "setting_deprecated")
            .title("A setting is deprecated")
            .twins("IST0002")
            .consequence("It works until a later release removes it.")
            .remedy("Write what took its place.");

    private static final String OLD_METALLB = "metallb.universe.tf/";
    private static final Pattern OLD_VERSION = Pattern.compile(".*/v1(alpha|beta)\\d");
    private static final Set<String> ISTIO_GROUPS = Set.of("networking.istio.io", "security.istio.io");
    private static final Set<Kind> REMOVED = removed();

    private static Set<Kind> removed() {
        Set<Kind> removed = new TreeSet<>();
        List.of("ClusterRbacConfig", "RbacConfig", "ServiceRole", "ServiceRoleBinding")
                .forEach(name -> removed.add(new Kind("rbac.istio.io", name)));
        List.of("Policy", "MeshPolicy").forEach(name -> removed.add(new Kind("authentication.istio.io", name)));
        List.of("QuotaSpec", "QuotaSpecBinding", "HTTPAPISpec", "rule", "handler", "instance")
                .forEach(name -> removed.add(new Kind("config.istio.io", name)));
        return removed;
    }

    @Override
    public List<Rule> rules() {
        return List.of(SETTING_IGNORED, SETTING_DEPRECATED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Stream<Finding> objects = Stream.concat(
                mesh.manifests().all().stream().flatMap(manifest -> object(manifest).stream()),
                mesh.manifests().kind(Kind.TELEMETRY).stream().flatMap(telemetry -> lightstep(mesh, telemetry)));
        return Stream.concat(
                objects,
                mesh.destinationRules().written().stream()
                        .flatMap(rule -> TrafficPolicies.of(rule).stream())
                        .flatMap(policy -> policy(policy).stream()));
    }

    private static List<Finding> object(Manifest manifest) {
        List<Finding> findings = new ArrayList<>();
        Source source = Source.of(manifest);
        if (REMOVED.contains(manifest.kind())) {
            findings.add(SETTING_IGNORED.at(
                    source.at("/kind"),
                    "Istio removed the kind %s, so the object does nothing".formatted(manifest.kind())));
        }
        boolean old = ISTIO_GROUPS.contains(manifest.kind().group())
                && OLD_VERSION.matcher(manifest.apiVersion()).matches();
        // EnvoyFilter has no other version than v1alpha3, and ProxyConfig none than v1beta1.
        if (old
                && manifest.apiVersion().endsWith("v1alpha3")
                && !manifest.kind().equals(Kind.ENVOY_FILTER)) {
            findings.add(SETTING_DEPRECATED
                    .at(
                            source.at("/apiVersion"),
                            "\"%s\" is an old version of %s; releases to come may not serve it"
                                    .formatted(
                                            manifest.apiVersion(),
                                            manifest.kind().name()))
                    .remedy("Write %s/v1.".formatted(manifest.kind().group()))
                    .as(Severity.INFO));
        }
        manifest.annotations().keySet().stream()
                .filter(key -> key.startsWith(OLD_METALLB))
                .findFirst()
                // MetalLB reads both in every release since 0.14.9 (controller/service.go, valueForAnnotation).
                .ifPresent(key -> findings.add(SETTING_DEPRECATED
                        .at(
                                source.annotation(key),
                                "MetalLB reads its annotations under metallb.io/, and \"%s\" only until a release drops it"
                                        .formatted(key))
                        .remedy("Write metallb.io/%s.".formatted(key.substring(OLD_METALLB.length())))));
        faults(manifest, findings);
        if (manifest.kind().equals(Kind.SIDECAR)
                && manifest.at("/spec/outboundTrafficPolicy").has("egressProxy")) {
            findings.add(SETTING_DEPRECATED
                    .at(
                            source.at("/spec/outboundTrafficPolicy/egressProxy"),
                            "egressProxy was never finished and is deprecated")
                    .remedy("Route through an egress gateway."));
        }
        return findings;
    }

    private static Stream<Finding> lightstep(Mesh mesh, Manifest telemetry) {
        return telemetry.at("/spec/tracing").findValues("providers").stream()
                .flatMap(providers -> Fields.items(providers).stream())
                .map(provider -> provider.path("name").asText(""))
                .filter(name -> mesh.config()
                        .provider(name)
                        .map(provider -> provider.has("lightstep"))
                        .orElse(false))
                .limit(1)
                .map(name -> SETTING_DEPRECATED
                        .at(
                                Source.of(telemetry).at("/spec/tracing"),
                                "provider \"%s\" is one for Lightstep, which is deprecated".formatted(name))
                        .remedy("Send traces by an opentelemetry provider."));
    }

    private static void faults(Manifest manifest, List<Finding> findings) {
        for (int index = 0;
                manifest.kind().equals(Kind.VIRTUAL_SERVICE)
                        && index < manifest.at("/spec/http").size();
                index++) {
            Source route = Source.of(manifest).item("spec/http", index);
            if (manifest.at(route.pointer()).at("/fault/delay").has("percent")) {
                findings.add(SETTING_DEPRECATED
                        .at(route.at("/fault/delay/percent"), "fault.delay.percent is deprecated")
                        .remedy("Write percentage.value."));
            }
        }
    }

    private static List<Finding> policy(Source policy) {
        List<Finding> findings = new ArrayList<>();
        var body = policy.value();
        if (body.path("outlierDetection").has("consecutiveErrors")) {
            findings.add(SETTING_IGNORED
                    .at(
                            policy.at("/outlierDetection/consecutiveErrors"),
                            "Istio ignores consecutiveErrors, so Envoy's default of 5 counts")
                    .remedy("Write consecutive5xxErrors or consecutiveGatewayErrors."));
        }
        if (body.at("/loadBalancer/simple").asText("").equals("LEAST_CONN")) {
            findings.add(SETTING_DEPRECATED
                    .at(
                            policy.at("/loadBalancer/simple"),
                            "LEAST_CONN is the old name of LEAST_REQUEST and will be removed")
                    .remedy("Write LEAST_REQUEST."));
        }
        return findings;
    }
}
