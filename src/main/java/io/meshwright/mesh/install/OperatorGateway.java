package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.value.istio.IstioPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A gateway that an IstioOperator installs, as its profile or its components say (manifests/profiles,
 * manifests/charts/gateways).
 */
record OperatorGateway(
        Source source, String name, String namespace, Map<String, String> labels, List<ServicePort> ports) {
    private static final Set<String> PROFILES_WITH_INGRESS =
            Set.of("default", "demo", "openshift", "preview", "stable");
    private static final String INGRESS = "istio-ingressgateway";
    private static final String POD_LABELS = "spec.template.metadata.labels.";
    private static final String EGRESS = "istio-egressgateway";

    /** {@code namespace} is where those lie that say nothing else. */
    static List<OperatorGateway> of(Manifest operator, String profile, String namespace) {
        List<OperatorGateway> gateways = new ArrayList<>();
        gateways.addAll(of(operator, "ingressGateways", INGRESS, PROFILES_WITH_INGRESS.contains(profile), namespace));
        gateways.addAll(of(operator, "egressGateways", EGRESS, profile.equals("demo"), namespace));
        return gateways;
    }

    private static List<OperatorGateway> of(
            Manifest operator, String list, String standard, boolean inProfile, String namespace) {
        List<OperatorGateway> gateways = new ArrayList<>();
        Source components = Source.of(operator).at("/spec/components");
        boolean mentioned = false;
        for (int index = 0; index < operator.at("/spec/components").path(list).size(); index++) {
            Source source = components.item(list, index);
            JsonNode gateway = operator.at(source.pointer());
            boolean isStandard = gateway.path("name").asText(standard).equals(standard);
            mentioned |= isStandard;
            if (gateway.path("enabled").asBoolean(isStandard && inProfile)) {
                gateways.add(of(source, gateway, standard, namespace));
            }
        }
        if (inProfile && !mentioned) {
            gateways.add(of(Source.of(operator).at("/spec/profile"), operator.at("/none"), standard, namespace));
        }
        return gateways;
    }

    private static OperatorGateway of(Source source, JsonNode gateway, String standard, String home) {
        String name = gateway.path("name").asText(standard);
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("app", standard);
        labels.put("istio", standard.substring("istio-".length()));
        labels.putAll(Fields.strings(gateway.path("label")));
        labels.putAll(overlaid(gateway.at("/k8s/overlays")));
        String namespace = gateway.path("namespace").asText(home);
        List<ServicePort> written = Service.ports(source.at("/k8s/service"));
        return new OperatorGateway(
                source, name, namespace, labels, written.isEmpty() ? standardPorts(source) : written);
    }

    /** Labels of the pods that patches of the rendered Deployment write last. */
    private static Map<String, String> overlaid(JsonNode overlays) {
        Map<String, String> labels = new LinkedHashMap<>();
        Fields.items(overlays).stream()
                .filter(overlay -> overlay.path("kind").asText().equals("Deployment"))
                .flatMap(overlay -> Fields.items(overlay.path("patches")).stream())
                .filter(patch -> patch.path("path").asText().startsWith(POD_LABELS))
                .forEach(patch -> labels.put(
                        patch.path("path").asText().substring(POD_LABELS.length()),
                        patch.path("value").asText()));
        return labels;
    }

    private static List<ServicePort> standardPorts(Source source) {
        return List.of(
                port(source, "status-port", IstioPorts.STATUS.value(), IstioPorts.STATUS.value()),
                port(source, "http2", 80, 8080),
                port(source, "https", 443, 8443));
    }

    private static ServicePort port(Source source, String name, int number, int target) {
        Protocol protocol = Protocol.ofServicePort(number, name, Optional.empty(), "TCP");
        return new ServicePort(number, name, protocol, Integer.toString(target), source);
    }

    Pod pod() {
        String account = "%s-service-account".formatted(name);
        return new Pod(
                source,
                namespace,
                new Pod.Metadata(name, labels, Map.of(), account),
                source.manifest().at("/none"),
                OptionalInt.of(1),
                new Proxy(Proxy.Type.GATEWAY, "an IstioOperator installs a gateway"));
    }

    Service service(MeshConfig mesh) {
        return new Service(
                source,
                HostName.ofService(name, namespace, mesh.domain()),
                namespace,
                Service.Type.CLUSTER_IP,
                ports,
                Optional.of(Selector.of(labels)),
                Export.of(List.of(), namespace, mesh.serviceExport()),
                Service.Reach.CLUSTER);
    }
}
