package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Service as clients outside the cluster see it: through a load balancer, or through a port of every node. */
public record OpenService(Service service) {
    private static final String LOAD_BALANCER = "LoadBalancer";
    private static final String API_SERVICE_TYPE = IstioAnnotations.SERVICE_TYPE;
    private static final String EGRESS = "egressgateway";
    /** A value that something fills in later, with the one that counts if nothing does (fluxcd.io, postBuild). */
    private static final Pattern FILLED = Pattern.compile("\\$\\{\\w+(:?[-=](\\w+))?}");

    private static final Set<String> OPEN = Set.of(LOAD_BALANCER, "NodePort");
    private static final List<String> RANGES = List.of(
            "service.beta.kubernetes.io/azure-allowed-ip-ranges",
            "service.beta.kubernetes.io/load-balancer-source-ranges");

    // Documentation of AKS, EKS and GKE.
    private static final List<List<String>> INTERNAL = List.of(
            List.of("service.beta.kubernetes.io/azure-load-balancer-internal", "true"),
            List.of("service.beta.kubernetes.io/aws-load-balancer-internal", "true"),
            List.of("service.beta.kubernetes.io/aws-load-balancer-scheme", "internal"),
            List.of("networking.gke.io/load-balancer-type", "Internal"),
            List.of("cloud.google.com/load-balancer-type", "Internal"));

    /** A port that takes calls from outside; {@code onNode} where it is the nodes' own and not the Service's. */
    public record Port(ServicePort port, boolean onNode) {}

    /** Finds the port that a call to that number at a load balancer or node meets. */
    public Optional<Port> port(int number) {
        if (!OPEN.contains(type())) {
            return Optional.empty();
        }
        return service.port(number)
                .map(port -> new Port(port, false))
                .or(() -> service.ports().stream()
                        .filter(port -> !port.takesDatagrams()
                                && nodePort(port).filter(open -> open == number).isPresent())
                        .findFirst()
                        .map(port -> new Port(port, true)));
    }

    /** True if clients outside call that port at an address of the Service's own, or at the nodes. */
    public boolean isOpenItself(int number) {
        return port(number)
                .filter(port -> port.onNode() || type().equals(LOAD_BALANCER))
                .isPresent();
    }

    private static Optional<Integer> nodePort(ServicePort port) {
        return Fields.number(
                port.source().manifest().at(port.source().pointer()).path("nodePort"));
    }

    /** True if clients outside the cluster may call it, unless its load balancer stays inside a network. */
    public boolean isOpen() {
        return OPEN.contains(type());
    }

    /** True if its load balancer has an address of a private network only, as annotations of clouds ask for it. */
    public boolean isInternal() {
        return INTERNAL.stream().anyMatch(said -> annotation(said.get(0)).equalsIgnoreCase(said.get(1)));
    }

    /** Place at which a field of the Service's spec, or of {@code service} among a chart's values, is written. */
    public Source field(String field) {
        return service.source().at(below()).at("/".concat(field));
    }

    /** Kubernetes' type of Service; a chart's, an operator's and a Gateway's own is LoadBalancer. */
    public String type() {
        String written = written();
        Matcher filled = FILLED.matcher(written);
        return filled.matches() ? Optional.ofNullable(filled.group(2)).orElse(LOAD_BALANCER) : written;
    }

    private String written() {
        Manifest source = service.source().manifest();
        // Nobody outside calls an egress gateway, whose Service is of the cluster unless somebody says otherwise.
        boolean inner = service.isWritten()
                || service.selector()
                        .map(selector -> EGRESS.equals(selector.labels().get("istio")))
                        .orElse(false);
        return source.kind().equals(Kind.API_GATEWAY)
                ? setting("type").asText(source.annotations().getOrDefault(API_SERVICE_TYPE, LOAD_BALANCER))
                : setting("type").asText(inner ? "" : LOAD_BALANCER);
    }

    /** A field of the Service's spec, or of {@code service} among a chart's values, which has the same names. */
    public JsonNode setting(String field) {
        Source source = service.source();
        return source.manifest().at(source.pointer().concat(below())).path(field);
    }

    private String below() {
        Kind kind = service.source().manifest().kind();
        return kind.equals(Kind.SERVICE) ? "/spec" : kind.equals(Kind.ISTIO_OPERATOR) ? "/k8s/service" : "/service";
    }

    private String annotation(String key) {
        return annotations().getOrDefault(key, "");
    }

    /**
     * Returns what stands on the Service for controllers of the cluster to read, as its object or its chart writes it.
     */
    public Map<String, String> annotations() {
        return isOfGatewayApi()
                ? Fields.strings(infrastructure().value())
                : service.isWritten()
                        ? service.source().manifest().annotations()
                        : Fields.strings(setting("annotations"));
    }

    private boolean isOfGatewayApi() {
        return service.source().manifest().kind().equals(Kind.API_GATEWAY);
    }

    /**
     * The annotations that istiod copies: those of the infrastructure, else the Gateway's own
     * (extractInfrastructureMetadata).
     */
    private Source infrastructure() {
        Source gateway = Source.of(service.source().manifest());
        Source said = gateway.at("/spec/infrastructure/annotations");
        return said.value().isEmpty() ? gateway.at("/metadata/annotations") : said;
    }

    /** Place at which an annotation is written. */
    public Source annotationAt(String key) {
        if (isOfGatewayApi()) {
            return infrastructure().field(key);
        }
        return service.isWritten()
                ? service.source().annotation(key)
                : field("annotations").field(key);
    }

    /** The blocks of addresses that the load balancer admits; empty for all. */
    public List<String> ranges() {
        List<String> ranges = new ArrayList<>(Fields.texts(setting("loadBalancerSourceRanges")));
        RANGES.forEach(key -> Arrays.stream(annotation(key).split(","))
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .forEach(ranges::add));
        return ranges;
    }

    /** The addresses outside that lead to it, as far as they are asked for or were read from a cluster. */
    public boolean isAt(String address) {
        List<String> addresses = new ArrayList<>(Fields.texts(setting("externalIPs")));
        Fields.text(setting("loadBalancerIP")).ifPresent(addresses::add);
        Fields.items(service.source().manifest().at("/status/loadBalancer/ingress")).stream()
                .flatMap(
                        given -> Arrays.asList(
                                given.path("ip").asText(""),
                                given.path("hostname").asText(""))
                                .stream())
                .forEach(addresses::add);
        return addresses.contains(address);
    }

    /** True if a node passes connections on to its own pods alone, and so under the address that they came with. */
    public boolean isLocal() {
        return setting("externalTrafficPolicy").asText("").equals("Local");
    }

    /** The address under which a load balancer or node hands a client's connection on. */
    public ClientAddress clientAddress() {
        return AwsLoadBalancer.of(this)
                .map(AwsLoadBalancer::clientAddress)
                .orElseGet(() -> isLocal() ? ClientAddress.KEPT : ClientAddress.HIDDEN);
    }
}
