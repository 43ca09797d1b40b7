package io.meshwright.check.rule.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Ingresses;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.stream.Stream;

/** A second ingress in front of the gateway hides the client's address, ends TLS twice and sets timeouts of its own. */
@AutoService(Inspection.class)
public final class OneIngressLayer implements Check {
    public static final Rule TWO_INGRESS_LAYERS = Rule.error("MESH157", "two_ingress_layers")
            .title("Another ingress controller stands in front of the Istio gateway")
            .consequence("Each request takes a hop more, with timeouts, body limits and forwarded headers of its own.")
            .remedy("Point the load balancer at the gateway's Service and remove the Ingress.");

    private static final List<String> CLOUDS =
            List.of("alb", "azure-application-gateway", "azure/application-gateway", "gce", "gce-internal");
    private static final String USUAL_NAME = "istio-ingressgateway";

    @Override
    public List<Rule> rules() {
        return List.of(TWO_INGRESS_LAYERS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.manifests().kind(Kind.INGRESS).stream()
                .filter(ingress -> !Ingresses.className(ingress).equals("istio"))
                .flatMap(ingress -> backends(ingress)
                        .filter(backend -> isGateway(mesh, ingress, name(ingress, backend)))
                        .limit(1)
                        .map(backend -> finding(ingress, backend)));
    }

    private static Finding finding(Manifest ingress, Source backend) {
        Finding finding = TWO_INGRESS_LAYERS.at(
                backend,
                "the ingress controller \"%s\" sends to the Istio gateway %s/%s, which is a hop too many"
                        .formatted(Ingresses.className(ingress), ingress.home(), name(ingress, backend)));
        // A cloud's own load balancer may be wanted for its firewall or its certificates.
        return CLOUDS.contains(Ingresses.className(ingress)) ? finding.as(Severity.WARNING) : finding;
    }

    private static Stream<Source> backends(Manifest ingress) {
        Stream.Builder<Source> backends = Stream.builder();
        Source source = Source.of(ingress);
        backends.add(source.at("/spec/defaultBackend"));
        JsonNode rules = ingress.at("/spec/rules");
        for (int rule = 0; rule < rules.size(); rule++) {
            for (int path = 0; path < rules.path(rule).at("/http/paths").size(); path++) {
                backends.add(
                        source.item("spec/rules", rule).item("http/paths", path).at("/backend"));
            }
        }
        return backends.build();
    }

    private static String name(Manifest ingress, Source backend) {
        JsonNode body = ingress.at(backend.pointer());
        return body.at("/service/name").asText(body.path("serviceName").asText(""));
    }

    private static boolean isGateway(Mesh mesh, Manifest ingress, String service) {
        return mesh.services()
                        .kubernetes(ingress.home(), service)
                        .map(found -> mesh.services().pods(found).stream()
                                .map(Pod::proxy)
                                .anyMatch(proxy -> proxy.isGateway()))
                        .orElse(false)
                || service.equals(USUAL_NAME);
    }
}
