package io.meshwright.mesh.waypoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Namespaces;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.istio.IstioPorts;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * A Gateway of the Gateway API of which istiod makes a waypoint: the pods it makes, for what traffic, and from which
 * namespaces services may use it (pilot/pkg/serviceregistry/ambient/waypoints.go; files/waypoint.yaml).
 */
public record WaypointGateway(Manifest manifest, Optional<Manifest> itsClass) {
    public static final String CLASS = "istio-waypoint";
    static final String CONTROLLER = IstioNames.MESH_CONTROLLER;
    /** Port on which waypoints and ztunnels take each other's tunnels. */
    static final int TUNNEL = IstioPorts.HBONE.value();

    private static final String FOR = IstioLabels.WAYPOINT_FOR;
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";
    private static final String CLASS_NAME = "gateway.networking.k8s.io/gateway-class-name";
    private static final String NAME_OVERRIDE = IstioAnnotations.NAME_OVERRIDE;
    private static final String SERVICE_ACCOUNT = IstioAnnotations.SERVICE_ACCOUNT;

    /** Sorts of addresses that a call may have. */
    enum Traffic {
        SERVICE,
        WORKLOAD
    }

    /** True if istiod makes it, rather than somebody whose waypoints do as they like. */
    boolean isIstios() {
        return itsClass.flatMap(known -> known.text("/spec/controllerName"))
                .map(CONTROLLER::equals)
                .orElse(manifest.at("/spec/gatewayClassName").asText("").equals(CLASS));
    }

    /** Its own label goes before its class's; without any it is for services. */
    boolean takes(Traffic traffic) {
        String wanted = Stream.concat(Stream.of(manifest), itsClass.stream())
                .map(Manifest::labels)
                .filter(labels -> labels.containsKey(FOR))
                .map(labels -> labels.get(FOR))
                .findFirst()
                .orElse("service");
        return wanted.equals("all") || wanted.equals(traffic == Traffic.SERVICE ? "service" : "workload");
    }

    /** Tells whether services and pods of a namespace may use it, as its listener for tunnels says. */
    Truth admits(String namespace, Namespaces namespaces) {
        JsonNode wanted = Fields.items(manifest.at("/spec/listeners")).stream()
                .filter(listener -> listener.path("protocol").asText("").equals("HBONE")
                        && listener.path("port").asInt(0) == TUNNEL)
                .findFirst()
                .map(listener -> listener.at("/allowedRoutes/namespaces"))
                .orElse(manifest.at("/none"));
        return switch (wanted.path("from").asText("Same")) {
            case "All" -> Truth.YES;
            case "Selector" -> namespaces.selected(Selector.of(wanted.path("selector")), namespace);
            default -> Truth.of(manifest.home().equals(namespace));
        };
    }

    Pod pod(IstioVersion version) {
        String name = manifest.annotations().getOrDefault(NAME_OVERRIDE, manifest.name());
        String account = manifest.annotations().getOrDefault(SERVICE_ACCOUNT, name);
        return new Pod(
                Source.of(manifest),
                manifest.home(),
                new Pod.Metadata(name, labels(), Map.of(), account),
                manifest.at("/none"),
                OptionalInt.of(1),
                new Proxy(
                        Proxy.Type.WAYPOINT,
                        "istiod makes a waypoint of Gateway %s/%s".formatted(manifest.home(), manifest.name()),
                        Optional.of(version)));
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>(
                manifest.at("/spec/infrastructure/labels").isObject()
                        ? Fields.strings(manifest.at("/spec/infrastructure/labels"))
                        : manifest.labels());
        labels.put(GATEWAY_NAME, manifest.name());
        labels.put(CLASS_NAME, manifest.at("/spec/gatewayClassName").asText(CLASS));
        labels.put(IstioLabels.MANAGED, "istio.io-mesh-controller");
        labels.putIfAbsent(IstioLabels.DATAPLANE_MODE, "none");
        return labels;
    }
}
