package io.meshwright.mesh.workload;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One host of Istio's registry: a Kubernetes Service, one host of a ServiceEntry, or what is declared to exist outside.
 */
public record Service(
        Source source,
        String host,
        String namespace,
        Type type,
        List<ServicePort> ports,
        Optional<Selector> selector,
        Export export,
        Reach reach) {
    private static final String EXPORT = IstioAnnotations.EXPORT_TO;
    private static final String ISTIO = "istio";

    /** Sorts of hosts. */
    public enum Type {
        CLUSTER_IP,
        HEADLESS,
        EXTERNAL_NAME,
        ENTRY
    }

    /**
     * The target of calls: outside the mesh or not, found how, at which addresses; {@code resolution} is as a
     * ServiceEntry writes it.
     */
    public record Reach(boolean external, String resolution, List<String> addresses, List<Endpoint> endpoints) {
        public static final Reach CLUSTER = new Reach(false, "STATIC", List.of(), List.of());
        static final Reach OUTSIDE = new Reach(true, "DNS", List.of(), List.of());

        /**
         * Tells whether an endpoint carries the labels of a subset; without resolution the address that is called does,
         * and a name that DNS resolves without any endpoint has no labels (buildSubsetCluster).
         */
        public boolean isMet(Selector labels) {
            return resolution.equals("NONE") || endpoints.stream().anyMatch(endpoint -> endpoint.isSelectedBy(labels));
        }

        /**
         * True if calls go to listed endpoints alone, of which there are none; DNS would ask for the host instead
         * (convertServiceEntryToInstances).
         */
        public boolean isDeserted() {
            return resolution.equals("STATIC") && endpoints.isEmpty();
        }
    }

    /**
     * An address that a ServiceEntry lists itself; {@code ports} are numbers by the names of the entry's ports, and
     * {@code mutual} is true if clients believe that a proxy of the mesh is there (getTLSModeFromWorkloadEntry).
     */
    public record Endpoint(String address, Map<String, String> labels, Map<String, Integer> ports, boolean mutual) {
        Endpoint(String address) {
            this(address, Map.of(), Map.of(), false);
        }

        /** Labels that istiod adds by place and network are not known here, and count as fitting. */
        public boolean isSelectedBy(Selector selector) {
            Map<String, String> wanted = new TreeMap<>(selector.labels());
            wanted.keySet().removeIf(key -> Pod.isRunTimeLabel(key) && !labels.containsKey(key));
            return new Selector(wanted, selector.expressions()).selects(labels);
        }

        static Endpoint of(JsonNode endpoint) {
            Map<String, String> labels = Fields.strings(endpoint.path("labels"));
            Map<String, Integer> ports = new TreeMap<>();
            Fields.entries(endpoint.path("ports"))
                    .forEach(port ->
                            Fields.number(port.getValue()).ifPresent(number -> ports.put(port.getKey(), number)));
            String mode = endpoint.path("serviceAccount").asText("").isEmpty() ? "" : ISTIO;
            return new Endpoint(
                    endpoint.path("address").asText(""),
                    labels,
                    ports,
                    labels.getOrDefault(IstioLabels.TLS_MODE, mode).equals(ISTIO));
        }
    }

    public static Service kubernetes(Manifest service, MeshConfig mesh, List<Endpoint> endpoints) {
        String host = HostName.ofService(service.name(), service.home(), mesh.domain());
        List<String> export = List.of(
                        service.annotations().getOrDefault(EXPORT, "").split(","))
                .stream()
                .map(String::strip)
                .filter(namespace -> !namespace.isEmpty())
                .toList();
        Map<String, String> selector = Fields.strings(service.at("/spec/selector"));
        Type type = typeOf(service.at("/spec"));
        return new Service(
                Source.of(service),
                host,
                service.home(),
                type,
                ports(Source.of(service).at("/spec")),
                selector.isEmpty() ? Optional.empty() : Optional.of(Selector.of(selector)),
                Export.of(export, service.home(), mesh.serviceExport()),
                type == Type.EXTERNAL_NAME
                        ? Reach.OUTSIDE
                        : new Reach(
                                false,
                                "STATIC",
                                addresses(service, type, endpoints),
                                selector.isEmpty() ? endpoints : List.of()));
    }

    /** A headless Service is called at the addresses of its pods. */
    private static List<String> addresses(Manifest service, Type type, List<Endpoint> endpoints) {
        List<String> addresses = new ArrayList<>(service.texts("/spec/clusterIPs"));
        service.text("/spec/clusterIP")
                .filter(address -> !addresses.contains(address))
                .ifPresent(addresses::add);
        if (type == Type.HEADLESS) {
            endpoints.forEach(endpoint -> addresses.add(endpoint.address()));
        }
        return addresses.stream().filter(address -> !address.equals("None")).toList();
    }

    /** The registry holds each host of a ServiceEntry on its own. */
    public static List<Service> entry(Manifest entry, MeshConfig mesh) {
        JsonNode spec = entry.at("/spec");
        List<Endpoint> endpoints =
                Fields.items(spec.path("endpoints")).stream().map(Endpoint::of).toList();
        Reach reach = new Reach(
                !spec.path("location").asText().equals("MESH_INTERNAL"),
                spec.path("resolution").asText("NONE"),
                Fields.texts(spec.path("addresses")),
                endpoints);
        Map<String, String> labels = Fields.strings(spec.at("/workloadSelector/labels"));
        Optional<Selector> selector = labels.isEmpty() ? Optional.empty() : Optional.of(Selector.of(labels));
        Export export = Export.of(spec.path("exportTo"), entry.home(), mesh.serviceExport());
        List<ServicePort> ports = entryPorts(Source.of(entry).at("/spec"));
        return Fields.texts(spec.path("hosts")).stream()
                .map(host -> new Service(
                        Source.of(entry),
                        host.toLowerCase(Locale.ROOT),
                        entry.home(),
                        Type.ENTRY,
                        ports,
                        selector,
                        export,
                        reach))
                .toList();
    }

    /** True if istiod may give it an address: an entry that has none, is resolved, and does not refuse one. */
    public boolean takesAllocatedAddress() {
        return type == Type.ENTRY
                && reach.addresses().isEmpty()
                && !reach.resolution().equals("NONE")
                && !"false".equalsIgnoreCase(source.manifest().labels().get(IstioLabels.ALLOCATE_ADDRESS));
    }

    private static Type typeOf(JsonNode spec) {
        if (spec.path("type").asText().equals("ExternalName")) {
            return Type.EXTERNAL_NAME;
        }
        return spec.path("clusterIP").asText().equals("None") ? Type.HEADLESS : Type.CLUSTER_IP;
    }

    /** The ports of a Service below a field that holds {@code ports}. */
    public static List<ServicePort> ports(Source spec) {
        JsonNode written = spec.value().path("ports");
        List<ServicePort> ports = new ArrayList<>();
        for (int index = 0; index < written.size(); index++) {
            port(written.path(index), spec.item("ports", index)).ifPresent(ports::add);
        }
        return List.copyOf(ports);
    }

    public static Optional<ServicePort> port(JsonNode port, Source source) {
        String name = port.path("name").asText("");
        return Fields.number(port.path("port"))
                .map(number -> new ServicePort(
                        number,
                        name,
                        Protocol.ofServicePort(
                                number,
                                name,
                                Fields.text(port.path("appProtocol")),
                                port.path("protocol").asText("TCP")),
                        port.path("targetPort").asText(""),
                        source));
    }

    private static List<ServicePort> entryPorts(Source spec) {
        JsonNode written = spec.value().path("ports");
        List<ServicePort> ports = new ArrayList<>();
        for (int index = 0; index < written.size(); index++) {
            JsonNode port = written.path(index);
            Source source = spec.item("ports", index);
            Protocol protocol = Protocol.of(port.path("protocol").asText()).orElse(Protocol.SNIFFED);
            Fields.number(port.path("number"))
                    .ifPresent(number -> ports.add(new ServicePort(
                            number,
                            port.path("name").asText(""),
                            protocol,
                            port.path("targetPort").asText(""),
                            source)));
        }
        return List.copyOf(ports);
    }

    /** The port of that number; one of UDP takes no connections (model.PortList.GetByPort). */
    public Optional<ServicePort> port(int number) {
        return ports.stream()
                .filter(port -> port.number() == number && !port.takesDatagrams())
                .findFirst();
    }

    /** The name of the Service, or of the ServiceEntry that lists the host. */
    public String name() {
        return isKubernetes()
                ? host.substring(0, host.indexOf('.'))
                : source.manifest().name();
    }

    /** The host that an ExternalName Service stands for. */
    public Optional<String> alias() {
        return type == Type.EXTERNAL_NAME
                ? source.manifest().text("/spec/externalName").map(host -> host.toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    public boolean isKubernetes() {
        return type != Type.ENTRY;
    }

    /** True if connections to it are told from those to others on its port by the address that is called. */
    public boolean hasOwnAddress() {
        List<String> addresses = reach.addresses();
        return isKubernetes()
                ? alias().isEmpty()
                : !addresses.isEmpty() && !AddressBlock.holdsSeveral(addresses.get(0));
    }

    /**
     * True if one of its ports makes proxies read HTTP there, whatever address is called: there is one such listener
     * for all services whose port is said to carry HTTP (buildSidecarOutboundListener), which keeps what is no HTTP for
     * entries without addresses.
     */
    public boolean isReadAnywhere(ServicePort port) {
        return port.protocol().isHttp()
                || port.protocol() == Protocol.SNIFFED
                        && !isKubernetes()
                        && reach.addresses().isEmpty();
    }

    /** True if the object is among the checked manifests as itself, not declared or made by a chart. */
    public boolean isWritten() {
        return source.manifest().kind().equals(Kind.SERVICE)
                || source.manifest().kind().equals(Kind.SERVICE_ENTRY);
    }

    @Override
    public String toString() {
        return host;
    }
}
