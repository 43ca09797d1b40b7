package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.gatewayapi.ApiGateway;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings that istiod merges into the Deployment and Service which it makes for a Gateway of the Gateway API: those of
 * the Gateway's class, from the istiod chart's {@code gatewayClasses} or a ConfigMap with the label of the class, and
 * those of the ConfigMap that the Gateway names as its parameters (istio.io, Automated Deployment;
 * pilot/pkg/config/kube/gatewaycommon).
 */
final class GatewayDefaults {
    private final Manifests manifests;
    private final List<IstiodChart> planes;

    GatewayDefaults(Manifests manifests, List<IstiodChart> planes) {
        this.manifests = manifests;
        this.planes = planes;
    }

    /** The same Gateway, whose Service and pods have what is said of them elsewhere. */
    ApiGateway onto(ApiGateway gateway) {
        Manifest written = gateway.manifest();
        JsonNode service = part(written, "service").path("spec");
        JsonNode deployment = part(written, "deployment").path("spec");
        boolean scaled = !part(written, "horizontalPodAutoscaler").isEmpty();
        if (service.isEmpty() && deployment.isEmpty() && !scaled) {
            return gateway;
        }
        ObjectNode body = written.body().deepCopy();
        body.set(ApiGateway.SERVICE, service);
        body.set(ApiGateway.DEPLOYMENT, scaled ? JsonNodeFactory.instance.nullNode() : deployment);
        return new ApiGateway(written.saying(body), gateway.listenerSets());
    }

    private JsonNode part(Manifest gateway, String part) {
        String named = gateway.text("/spec/gatewayClassName").orElse("");
        List<JsonNode> all = new ArrayList<>();
        planes.forEach(plane ->
                all.add(plane.values().path("gatewayClasses").path(named).path(part)));
        manifests.kind(Kind.CONFIG_MAP).stream()
                .filter(map -> named.equals(map.labels().get(IstioLabels.CLASS_DEFAULTS)))
                .forEach(map -> text(map, part).ifPresent(all::add));
        JsonNode parameters = gateway.at("/spec/infrastructure/parametersRef");
        if (parameters.path("kind").asText("").equals("ConfigMap")) {
            manifests
                    .find(
                            Kind.CONFIG_MAP,
                            gateway.home(),
                            parameters.path("name").asText(""))
                    .flatMap(map -> text(map, part))
                    .ifPresent(all::add);
        }
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        all.forEach(from -> FluxChart.merge(merged, from));
        return merged;
    }

    private static Optional<JsonNode> text(Manifest map, String part) {
        return map.text("/data/".concat(part)).flatMap(ManifestReader::value);
    }
}
