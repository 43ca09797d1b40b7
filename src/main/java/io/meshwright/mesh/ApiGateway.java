package io.meshwright.mesh;

import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The pods and the Service that istiod makes by itself for a Gateway of the Gateway API
 * (pilot/pkg/config/kube/gateway/deploymentcontroller.go).
 */
record ApiGateway(Manifest manifest, String name) {

  private static final Kind GATEWAY = new Kind("gateway.networking.k8s.io", "Gateway");
  private static final String CLASS = "istio";
  private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";
  private static final String SHORT_GATEWAY_NAME = "istio.io/gateway-name";
  private static final int STATUS_PORT = 15021;

  /** Those of Istio's class that are not attached to a Service which is there already. */
  static List<ApiGateway> of(Manifests manifests) {
    return manifests.kind(GATEWAY).stream()
        .filter(gateway -> gateway.text("/spec/gatewayClassName").filter(CLASS::equals).isPresent())
        .filter(gateway -> Fields.items(gateway.at("/spec/addresses")).isEmpty())
        .map(gateway -> new ApiGateway(gateway, "%s-%s".formatted(gateway.name(), CLASS))).toList();
  }

  Pod pod() {
    return new Pod(Source.of(manifest), manifest.home(), new Pod.Metadata(name, labels(), Map.of(), name),
        manifest.at("/none"), OptionalInt.of(1),
        new Proxy(Proxy.Type.GATEWAY, "istiod makes the pods of a Gateway of the Gateway API"));
  }

  Service service(MeshConfig mesh) {
    return new Service(Source.of(manifest), HostName.ofService(name, manifest.home(), mesh.domain()), manifest.home(),
        Service.Type.CLUSTER_IP, ports(), Optional.of(Selector.of(Map.of(GATEWAY_NAME, manifest.name()))),
        Export.everywhere(manifest.home()), Service.Reach.CLUSTER);
  }

  private Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    labels.put(GATEWAY_NAME, manifest.name());
    labels.put(SHORT_GATEWAY_NAME, manifest.name());
    labels.putAll(Fields.strings(manifest.at("/spec/infrastructure/labels")));
    return labels;
  }

  private List<ServicePort> ports() {
    List<ServicePort> ports = new ArrayList<>(List.of(port(STATUS_PORT, "status-port", Source.of(manifest))));
    for (int index = 0; index < manifest.at("/spec/listeners").size(); index++) {
      Source listener = Source.of(manifest).item("spec/listeners", index);
      String name = manifest.at(listener.pointer()).path("name").asText("");
      Fields.number(manifest.at(listener.pointer()).path("port"))
          .ifPresent(number -> ports.add(port(number, name, listener)));
    }
    return List.copyOf(ports);
  }

  private static ServicePort port(int number, String name, Source source) {
    return new ServicePort(number, name, Protocol.ofServicePort(number, name, Optional.empty(), "TCP"), "", source);
  }
}
