package io.meshwright.trace;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.AddressBlock;
import io.meshwright.mesh.Attribute;
import io.meshwright.mesh.Gateway;
import io.meshwright.mesh.HostName;
import io.meshwright.mesh.Ingresses;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Pod;
import io.meshwright.mesh.Service;
import io.meshwright.mesh.ServicePort;
import io.meshwright.mesh.Source;
import io.meshwright.trace.Verdict.Closed;
import io.meshwright.trace.Verdict.Unknown;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From the internet to a gateway's pod: which load balancer has the port, whom it admits, and which address the gateway
 * sees.
 */
final class LoadBalancerStage {

  private static final String LOAD_BALANCER = "LoadBalancer";
  private static final String API_SERVICE_TYPE = "networking.istio.io/service-type";
  private static final Set<String> EXPOSED = Set.of(LOAD_BALANCER, "NodePort");
  private static final List<String> RANGES =
      List.of("service.beta.kubernetes.io/azure-allowed-ip-ranges",
          "service.beta.kubernetes.io/load-balancer-source-ranges");

  private final Mesh mesh;
  private final ListenerStage listeners;

  LoadBalancerStage(Mesh mesh, ListenerStage listeners) {
    this.mesh = mesh;
    this.listeners = listeners;
  }

  /** A port of a load balancer and the gateway's pod and port behind it. */
  private record Door(Service service, ServicePort port, Pod gateway, int target) {}

  Path enter(Request request) {
    Trail trail = Trail.start();
    trail.at("load balancer");
    List<Source> elsewhere = mesh.ingresses().elsewhere(request.http().host());
    if (!elsewhere.isEmpty()) {
      trail.doubt("the ingress controller of class %s has routes for %s too, and DNS decides who answers".formatted(
          Ingresses.className(elsewhere.get(0).manifest()), request.http().host()), elsewhere);
    }
    List<Door> doors = doors(request.port());
    if (doors.isEmpty()) {
      boolean installed = mesh.pods().all().stream().anyMatch(pod -> pod.proxy().isGateway());
      return installed
          ? trail.end(new Closed("", "no load balancer in front of a gateway has port %d".formatted(request.port())))
          : elsewhere(trail, request);
    }
    List<Door> serving = doors.stream().filter(door -> listeners.serves(door.gateway(), door.target(), request))
        .toList();
    List<Door> candidates = serving.isEmpty() ? doors : serving;
    if (candidates.stream().map(Door::gateway).distinct().count() > 1) {
      return trail.end(Unknown.because("several gateways have port %d open, and DNS decides which of them %s leads to"
          .formatted(request.port(), request.host())));
    }
    return through(trail, candidates.get(0), request);
  }

  private List<Door> doors(int port) {
    List<Door> doors = new ArrayList<>();
    for (Service service : mesh.services().all()) {
      Optional<ServicePort> open = service.port(port);
      if (open.isPresent() && EXPOSED.contains(type(service))) {
        mesh.services().pods(service).stream().filter(pod -> pod.proxy().isGateway())
            .forEach(pod -> open.get().on(pod)
            .ifPresent(target -> doors.add(new Door(service, open.get(), pod, target))));
      }
    }
    return doors;
  }

  /** A field of the Service's spec, or of {@code service} among a chart's values, which has the same names. */
  private static JsonNode setting(Service service, String field) {
    Source source = service.source();
    boolean written = source.manifest().kind().equals(Kind.SERVICE);
    return source.manifest().at(source.pointer().concat(written ? "/spec" : "/service")).path(field);
  }

  private static String type(Service service) {
    Manifest source = service.source().manifest();
    return source.kind().equals(Kind.API_GATEWAY) ? source.annotations().getOrDefault(API_SERVICE_TYPE, LOAD_BALANCER)
        : setting(service, "type").asText(service.isWritten() ? "" : LOAD_BALANCER);
  }

  private static String annotation(Service service, String key) {
    return service.isWritten() ? service.source().manifest().annotations().getOrDefault(key, "")
        : setting(service, "annotations").path(key).asText("");
  }

  /**
   * Where the gateway is installed by somebody else, what the Gateway objects say is followed as if every port of
   * theirs were open.
   */
  private Path elsewhere(Trail trail, Request request) {
    Optional<Gateway> gateway = mesh.gateways().claiming().stream().filter(candidate -> candidate.servers().stream()
        .anyMatch(server ->
        server.port() == request.port() && server.hostNames().stream()
            .anyMatch(host -> HostName.within(request.http().host(), host)))).findFirst();
    String why = "the gateway's pods and their load balancer are not among the manifests";
    if (gateway.isEmpty()) {
      return trail.end(Unknown.because(why));
    }
    Source selector = Source.of(gateway.get().manifest()).at("/spec/selector");
    trail.doubt(why, List.of(selector));
    Pod pod = Pod.gateway(selector, mesh.config().rootNamespace(), "istio-ingressgateway", gateway.get().selector()
        .labels());
    return listeners.enter(trail, pod, request.port(), arrival(request, mesh.config().trustedProxies(), false));
  }

  private Path through(Trail trail, Door door, Request request) {
    trail.step("port %d of %s leads to port %d of %s".formatted(door.port().number(), door.service(), door.target(),
        door.gateway()),
        door.port().source());
    int proxies = trustedProxies(door.gateway());
    List<String> ranges = ranges(door.service());
    if (!ranges.isEmpty() && proxies == 0) {
      if (request.clientIp().isEmpty()) {
        return trail.end(
            Unknown.because("the load balancer admits some addresses only, and the client's is not given"));
      }
      if (ranges.stream().noneMatch(range -> AddressBlock.contains(range, request.clientIp().get()))) {
        return trail.end(new Closed("", "the load balancer does not admit %s".formatted(request.clientIp().get())));
      }
    }
    if (proxies > 0) {
      trail.step("%d trusted proxies stand in front, so the client's address is read from X-Forwarded-For".formatted(
          proxies), config());
    }
    return listeners.enter(trail, door.gateway(), door.target(),
        arrival(request, proxies, setting(door.service(), "externalTrafficPolicy").asText("").equals("Local")));
  }

  private List<Source> config() {
    return mesh.config().source().map(List::of).orElse(List.of());
  }

  private static List<String> ranges(Service service) {
    List<String> ranges = new ArrayList<>(Fields.texts(setting(service, "loadBalancerSourceRanges")));
    RANGES.forEach(key -> Arrays.stream(annotation(service, key).split(",")).map(String::strip)
        .filter(range -> !range.isEmpty()).forEach(ranges::add));
    return ranges;
  }

  private int trustedProxies(Pod gateway) {
    // A gateway's own proxy configuration goes before the mesh's.
    return Optional.ofNullable(gateway.annotations().get("proxy.istio.io/config")).flatMap(ManifestReader::value)
        .flatMap(config -> Fields.number(config.at("/gatewayTopology/numTrustedProxies")))
        .orElse(mesh.config().trustedProxies());
  }

  private static Arrival arrival(Request request, int proxies, boolean local) {
    Attribute client = request.clientIp().map(Attribute::known).orElse(Attribute.unknown());
    // Without externalTrafficPolicy Local the connection may come from a node's address.
    Attribute address = proxies == 0 && local ? client : Attribute.unknown();
    Attribute remote = proxies > 0 ? client : address;
    // A trusted proxy is taken to show a certificate where the gateway asks for one.
    Attribute certificate = proxies > 0 ? Attribute.unknown() : Attribute.absent();
    return new Arrival(request.http(), request.isBytes(), request.carried(), certificate, address, remote,
        request.isEncrypted() ? request.host() : "");
  }
}
