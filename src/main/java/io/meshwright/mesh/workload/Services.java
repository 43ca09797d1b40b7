package io.meshwright.mesh.workload;

import io.meshwright.mesh.terms.AddressBlock;
import io.meshwright.mesh.terms.Age;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.MeshConfig;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registry: every host that something in the manifests, a chart or the externals serves. */
public final class Services {
    private static final Comparator<Service> ORDER = Comparator.comparing(Service::host)
            // For a host that both have, Istio prefers the Kubernetes Service.
            .thenComparing((Service service) -> !service.isKubernetes())
            .thenComparing(Service::namespace)
            .thenComparing((Service service) -> service.source().place());

    private final List<Service> all;
    private static final Set<String> ADD_ONS =
            Set.of("grafana", "jaeger-collector", "jaeger-query", "kiali", "loki", "prometheus", "tracing", "zipkin");

    private final Map<String, List<Service>> byHost;
    private final boolean hasWildcards;
    // By identity, and never walked: only looked up.
    private final Map<Service, List<Pod>> podsOf = new IdentityHashMap<>();
    private final Map<Pod, List<Service>> selecting = new IdentityHashMap<>();
    private final String domain;
    private final String system;

    public Services(List<Service> services, Pods pods, MeshConfig mesh) {
        this.all = services.stream().sorted(ORDER).toList();
        this.byHost = all.stream()
                .collect(Collectors.groupingBy(Service::host, TreeMap::new, Collectors.toUnmodifiableList()));
        this.hasWildcards = all.stream().anyMatch(service -> HostName.isWildcard(service.host()));
        this.domain = mesh.domain();
        this.system = mesh.rootNamespace();
        for (Service service : all) {
            List<Pod> behind = service.selector()
                    .map(selector -> pods.selectedBy(service.namespace(), selector))
                    .orElse(List.of());
            podsOf.put(service, behind);
            behind.forEach(pod ->
                    selecting.computeIfAbsent(pod, none -> new ArrayList<>(1)).add(service));
        }
    }

    /** By host. */
    public List<Service> all() {
        return all;
    }

    /** The host that a name means when an object of that namespace writes it. */
    public String host(String written, String namespace) {
        return HostName.resolve(written, namespace, domain);
    }

    /**
     * The namespace of a Service's name, if none that somebody wrote for it is among the manifests: the rest may lie
     * elsewhere then.
     */
    public Optional<String> unseen(String host) {
        String suffix = ".svc.".concat(domain);
        return Optional.of(host)
                .filter(name -> name.endsWith(suffix))
                .map(name -> name.substring(0, name.length() - suffix.length()))
                .filter(name -> isOf(name, system) && mayBeAddOn(name.substring(0, name.lastIndexOf('.')))
                        || all.stream()
                                .noneMatch(service -> service.isWritten()
                                        && service.isKubernetes()
                                        && isOf(name, service.namespace())))
                .map(name -> name.substring(name.lastIndexOf('.') + 1));
    }

    private static boolean isOf(String name, String namespace) {
        return name.endsWith(".".concat(namespace));
    }

    /**
     * True if an add-on that Istio's releases bring as a sample has a Service of that name, and none of them is among
     * the manifests: they are applied from the release, or brought by a chart.
     */
    public boolean mayBeAddOn(String name) {
        return ADD_ONS.contains(name)
                && ADD_ONS.stream().noneMatch(addOn -> kubernetes(system, addOn).isPresent());
    }

    /** The services of exactly that host that a namespace can see; the namespace's own comes first. */
    public List<Service> visible(String host, String namespace) {
        return byHost.getOrDefault(host, List.of()).stream()
                .filter(service -> service.export().reaches(namespace))
                .sorted(Comparator.comparing(service -> !service.namespace().equals(namespace)))
                .toList();
    }

    /**
     * The service that a host leads to, seen from a namespace; a host that only a ServiceEntry's wildcard covers leads
     * to that.
     */
    public Optional<Service> find(String host, String namespace) {
        return visible(host, namespace).stream()
                .findFirst()
                .or(() -> !hasWildcards
                        ? Optional.empty()
                        : HostName.wildcardsOver(host)
                                .flatMap(wildcard -> of(wildcard).stream())
                                .filter(service -> service.export().reaches(namespace))
                                .findFirst());
    }

    /** The same of several that share the host: the one with that port, if one has it. */
    public Optional<Service> find(String host, String namespace, int port) {
        return visible(host, namespace).stream()
                .filter(service -> service.port(port).isPresent())
                .findFirst()
                .or(() -> find(host, namespace));
    }

    /** The entries with that port whose wildcard covers a host, the narrowest first. */
    public Stream<Service> covering(String host, String namespace, int port) {
        return !hasWildcards
                ? Stream.empty()
                : HostName.wildcardsOver(host)
                        .flatMap(wildcard -> of(wildcard).stream())
                        .filter(service -> service.export().reaches(namespace)
                                && service.port(port).isPresent());
    }

    /**
     * The service that an IP address leads to: of several blocks of addresses that hold it, the narrowest counts, and
     * of several services with one the oldest.
     */
    public Optional<Service> at(String address, String namespace, int port) {
        return sharing(address, namespace, port).stream().findFirst();
    }

    /** The services with that port that have an address, or the narrowest block that holds it, the oldest first. */
    public List<Service> sharing(String address, String namespace, int port) {
        List<Holder> holders = all.stream()
                .filter(service ->
                        service.port(port).isPresent() && service.export().reaches(namespace))
                .flatMap(service -> service.reach().addresses().stream()
                        .filter(block -> AddressBlock.contains(block, address))
                        .map(block -> new Holder(service, prefix(block))))
                .toList();
        int narrowest = holders.stream().mapToInt(Holder::prefix).max().orElse(0);
        return holders.stream()
                .filter(holder -> holder.prefix() == narrowest)
                .map(Holder::service)
                .distinct()
                .sorted(Comparator.comparing(service -> service.source().manifest(), Age.ORDER))
                .toList();
    }

    /**
     * Every service that has an address, whoever may see it: the narrowest block first, and of one width the oldest;
     * {@code blocks} tells whether more than the first address of a block counts.
     */
    public List<Service> holding(String address, boolean blocks) {
        return all.stream()
                .flatMap(service -> service.reach().addresses().stream()
                        .filter(block -> AddressBlock.contains(blocks ? block : block.split("/")[0], address))
                        .map(block -> new Holder(service, prefix(block))))
                .sorted(Comparator.comparing((Holder holder) -> -holder.prefix())
                        .thenComparing(holder -> holder.service().source().manifest(), Age.ORDER))
                .map(Holder::service)
                .distinct()
                .toList();
    }

    private record Holder(Service service, int prefix) {}

    private static int prefix(String block) {
        int slash = block.indexOf('/');
        return slash < 0 ? Integer.MAX_VALUE : Integer.parseInt(block.substring(slash + 1));
    }

    /** The entries with a port that have no address, the oldest first. */
    public List<Service> bare(String namespace, int port) {
        return all.stream()
                .filter(service ->
                        !service.isKubernetes() && service.reach().addresses().isEmpty())
                .filter(service -> service.export().reaches(namespace))
                .filter(service -> service.port(port).isPresent())
                .sorted(Comparator.comparing(service -> service.source().manifest(), Age.ORDER))
                .toList();
    }

    /** True if the listener for all addresses of a port reads HTTP, because of one of the services that are known. */
    public boolean readsHttpAnywhere(int port, Predicate<Service> known) {
        return all.stream()
                .filter(service -> service.alias().isEmpty() && known.test(service))
                .anyMatch(service ->
                        service.port(port).filter(service::isReadAnywhere).isPresent());
    }

    /**
     * The service under whose virtual host calls to another are taken: the one of exactly the host for which an
     * ExternalName Service stands, even through several (resolveServiceAliases); empty for one that stands for nobody
     * here.
     */
    public Optional<Service> behind(Service service, String namespace) {
        Optional<Service> found = Optional.of(service);
        Set<String> seen = new TreeSet<>();
        while (found.isPresent() && found.get().alias().isPresent()) {
            String host = found.get().alias().get();
            found = seen.add(host) ? visible(host, namespace).stream().findFirst() : Optional.empty();
        }
        return found;
    }

    /** Every service of exactly that host, whoever can see it. */
    public List<Service> of(String host) {
        return byHost.getOrDefault(host, List.of());
    }

    /** The Kubernetes Service of that name. */
    public Optional<Service> kubernetes(String namespace, String name) {
        return of(HostName.ofService(name, namespace, domain)).stream()
                .filter(Service::isKubernetes)
                .findFirst();
    }

    /** True if a ServiceEntry says that its servers are listed, and neither it nor another of its host lists any. */
    public boolean isDeserted(Service service) {
        return !service.isKubernetes()
                && service.selector().isEmpty()
                && service.reach().isDeserted()
                // Entries of one host share their endpoints.
                && of(service.host()).size() == 1;
    }

    /**
     * True if calls go to the address that the client called, which a gateway does not know: to it they have listed
     * endpoints, of which there are none (cluster.go, convertResolution).
     */
    public boolean isUnresolved(Service service) {
        return !service.isKubernetes()
                && service.selector().isEmpty()
                && service.reach().resolution().equals("NONE")
                && service.reach().endpoints().isEmpty()
                && of(service.host()).size() == 1;
    }

    /** The pods behind a service; none for a service without a selector. */
    public List<Pod> pods(Service service) {
        return podsOf.getOrDefault(service, List.of());
    }

    /** The services that have that pod behind them. */
    public List<Service> selecting(Pod pod) {
        return Collections.unmodifiableList(selecting.getOrDefault(pod, List.of()));
    }
}
