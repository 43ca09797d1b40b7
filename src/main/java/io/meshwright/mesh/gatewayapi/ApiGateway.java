package io.meshwright.mesh.gatewayapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
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
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.istio.IstioPorts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Gateway of the Gateway API that istiod serves, with the pods and the Service that it makes for it
 * (pilot/pkg/config/kube/gateway/deploymentcontroller.go).
 */
public record ApiGateway(Manifest manifest, List<Manifest> listenerSets) {
    /** Key under which a Gateway has what is said elsewhere of the spec of its Service. */
    public static final String SERVICE = "service";

    /** Key under which it has what is said elsewhere of its Deployment's, or null where an autoscaler decides. */
    public static final String DEPLOYMENT = "deployment";

    private static final String CLASS = "istio";
    private static final String CONTROLLER = IstioNames.GATEWAY_CONTROLLER;
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";
    private static final String SHORT_GATEWAY_NAME = IstioLabels.GATEWAY_NAME;
    private static final String NAME_OVERRIDE = IstioAnnotations.NAME_OVERRIDE;
    private static final String SERVICE_ACCOUNT = IstioAnnotations.SERVICE_ACCOUNT;
    private static final int STATUS_PORT = IstioPorts.STATUS.value();

    /** Those whose class is Istio's. */
    public static List<ApiGateway> of(Manifests manifests) {
        Set<String> classes = new TreeSet<>(Set.of(CLASS));
        manifests.kind(Kind.API_GATEWAY_CLASS).stream()
                .filter(known -> known.text("/spec/controllerName")
                        .filter(CONTROLLER::equals)
                        .isPresent())
                .forEach(known -> classes.add(known.name()));
        return manifests.kind(Kind.API_GATEWAY).stream()
                .filter(gateway -> gateway.text("/spec/gatewayClassName")
                        .filter(classes::contains)
                        .isPresent())
                .map(gateway -> new ApiGateway(gateway, List.of()))
                .toList();
    }

    /** With the listeners of those ListenerSets behind its own. */
    public ApiGateway and(List<Manifest> sets) {
        return new ApiGateway(manifest, sets);
    }

    /** True if istiod makes pods for it, as it does unless an address names a Service that is there (IsManaged). */
    public boolean isManaged() {
        var addresses = manifest.at("/spec/addresses");
        return addresses.isEmpty()
                || addresses.size() == 1
                        && addresses.path(0).path("type").asText("IPAddress").equals("IPAddress");
    }

    /** The hosts of the Services whose pods it configures. */
    List<String> services(MeshConfig mesh) {
        return isManaged()
                ? List.of(HostName.ofService(name(), manifest.home(), mesh.domain()))
                : Fields.items(manifest.at("/spec/addresses")).stream()
                        .map(address ->
                                HostName.resolve(address.path("value").asText(""), manifest.home(), mesh.domain()))
                        .toList();
    }

    private String name() {
        String standard = "%s-%s"
                .formatted(
                        manifest.name(), manifest.at("/spec/gatewayClassName").asText(CLASS));
        return manifest.annotations().getOrDefault(NAME_OVERRIDE, standard);
    }

    /** The pods that istiod makes of it, where the configuration tells whether it copies labels. */
    public Pod pod(MeshConfig config) {
        String account = manifest.annotations().getOrDefault(SERVICE_ACCOUNT, name());
        return new Pod(
                Source.of(manifest),
                manifest.home(),
                new Pod.Metadata(name(), labels(config.copiesGatewayLabels()), Map.of(), account),
                manifest.at("/none"),
                replicas(),
                new Proxy(Proxy.Type.GATEWAY, "istiod makes the pods of a Gateway of the Gateway API"));
    }

    /** Parameters, or defaults of the class, may say another number than one, or leave it to an autoscaler. */
    private OptionalInt replicas() {
        JsonNode said = manifest.body().path(DEPLOYMENT);
        return Fields.number(said.path("replicas"))
                .map(OptionalInt::of)
                .orElseGet(() ->
                        said.isNull() || manifest.at("/spec/infrastructure").has("parametersRef")
                                ? OptionalInt.empty()
                                : OptionalInt.of(1));
    }

    public Service service(MeshConfig mesh) {
        return new Service(
                Source.of(manifest),
                HostName.ofService(name(), manifest.home(), mesh.domain()),
                manifest.home(),
                Service.Type.CLUSTER_IP,
                ports(),
                Optional.of(Selector.of(Map.of(GATEWAY_NAME, manifest.name()))),
                Export.everywhere(manifest.home()),
                Service.Reach.CLUSTER);
    }

    /**
     * Those of the Gateway itself are copied where it says none for its infrastructure (extractInfrastructureMetadata).
     */
    private Map<String, String> labels(boolean copied) {
        JsonNode own = manifest.at("/spec/infrastructure/labels");
        Map<String, String> labels =
                new LinkedHashMap<>(own.isObject() ? Fields.strings(own) : copied ? manifest.labels() : Map.of());
        labels.put(GATEWAY_NAME, manifest.name());
        labels.put(SHORT_GATEWAY_NAME, manifest.name());
        return labels;
    }

    private List<ServicePort> ports() {
        List<ServicePort> ports = new ArrayList<>(List.of(port(STATUS_PORT, "status-port", Source.of(manifest))));
        List<Source> all = new ArrayList<>(listeners(manifest));
        listenerSets.forEach(set -> all.addAll(listeners(set)));
        for (Source listener : all) {
            JsonNode written = listener.value();
            String name = written.path("name").asText("");
            Fields.number(written.path("port"))
                    .filter(number -> isNew(ports, number))
                    .ifPresent(number -> ports.add(port(number, name, listener)));
        }
        return List.copyOf(ports);
    }

    private static boolean isNew(List<ServicePort> ports, int number) {
        return ports.stream().noneMatch(port -> port.number() == number);
    }

    /** The places of the listeners that an object writes, which is a Gateway or a ListenerSet. */
    static List<Source> listeners(Manifest owner) {
        List<Source> listeners = new ArrayList<>();
        for (int index = 0; index < owner.at("/spec/listeners").size(); index++) {
            listeners.add(Source.of(owner).item("spec/listeners", index));
        }
        return listeners;
    }

    private static ServicePort port(int number, String name, Source source) {
        return new ServicePort(number, name, Protocol.ofServicePort(number, name, Optional.empty(), "TCP"), "", source);
    }
}
