package io.meshwright.plan.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.request.Request;
import io.meshwright.trace.sample.Doors;
import io.meshwright.trace.sample.PolicySamples;
import io.meshwright.trace.sample.RouteSamples;
import io.meshwright.trace.sample.Sample;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.istio.IstioPorts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The requests that a mesh's routes, hosts, ports, policies and callers suggest: one for each that differs from the
 * others in what decides about it.
 */
final class Questions {
    private static final int FEW = 500;

    private final Mesh mesh;
    private final Map<String, Request> requests = new TreeMap<>();
    private final Set<String> unaskable = new TreeSet<>();
    private final Concern concern;
    private final List<Spared> spared = new ArrayList<>();

    private final List<JsonNode> tokens;
    private final List<String> clients;
    private final Map<String, List<VirtualService>> routes = new HashMap<>();
    private final PolicySamples policies;

    private Questions(Mesh mesh, Concern concern) {
        this.mesh = mesh;
        this.concern = concern;
        this.tokens = tokens(mesh);
        this.clients = ClientAddresses.of(mesh);
        this.policies = new PolicySamples(mesh);
        mesh.virtualServices().all().stream()
                .filter(VirtualService::isOnMesh)
                .forEach(service -> service.hosts()
                        .forEach(host -> routes.computeIfAbsent(host, none -> new ArrayList<>(1))
                                .add(service)));
    }

    /**
     * The requests that can be asked.
     *
     * @param requests by a text that no two of them share
     * @param unaskable matches for which no request could be made up, as places
     * @param spared those of which somebody asks one for all, since no change seems to concern them
     */
    record Asked(Map<String, Request> requests, Set<String> unaskable, List<Spared> spared) {}

    /**
     * Calls to a service that one caller makes for the others.
     *
     * @param requests what is asked, from nobody yet
     * @param stranger who asks it
     * @param others for whom it is asked
     */
    record Spared(Set<Request> requests, String stranger, List<String> others) {
        /** Those that are asked. */
        Stream<Request> asked() {
            return requests.stream().map(request -> request.from(stranger));
        }

        /** Those that are not. */
        Stream<Request> left() {
            return others.stream().flatMap(other -> requests.stream().map(request -> request.from(other)));
        }

        int count() {
            return requests.size() * others.size();
        }
    }

    static Asked of(Mesh mesh, Concern concern) {
        Questions questions = new Questions(mesh, concern);
        questions.outside();
        questions.inside();
        return new Asked(questions.requests, questions.unaskable, questions.spared);
    }

    /** Those that come from outside the cluster. */
    static Map<String, Request> outside(Mesh mesh) {
        Questions questions = new Questions(mesh, Concern.NONE);
        questions.outside();
        return questions.requests;
    }

    /** A text that tells requests apart. */
    static String key(Request request) {
        return String.join(
                " ",
                request.toString(),
                request.headers().toString(),
                request.token().map(token -> token.claims().toString()).orElse(""),
                "from",
                request.from(),
                request.clientIp().orElse(""));
    }

    private void add(Request request) {
        requests.putIfAbsent(key(request), request);
    }

    private void outside() {
        for (Doors.Door door : doors()) {
            Server server = door.server();
            for (VirtualService service : mesh.virtualServices().visible(server.gateway(), door.namespace())) {
                for (String host :
                        server.served(service.hosts(), service.manifest().home())) {
                    served(door, Sample.named(host), service);
                }
            }
            server.hostNames().forEach(host -> door(door, Sample.named(host)));
        }
    }

    /** Those to which somebody outside comes, and the servers to which nobody does, since the other side may differ. */
    private Set<Doors.Door> doors() {
        Set<Doors.Door> doors = new LinkedHashSet<>(Doors.of(mesh));
        Set<Source> open = doors.stream().map(door -> door.server().source()).collect(Collectors.toSet());
        mesh.gateways()
                .opening()
                .forEach(gateway -> gateway.servers().stream()
                        .filter(server -> !open.contains(server.source()))
                        .map(server -> new Doors.Door(
                                server, server.port(), gateway.manifest().home()))
                        .forEach(doors::add));
        return doors;
    }

    /** A host at a gateway with nothing said about the path: it finds the first route, or none. */
    private void door(Doors.Door door, String host) {
        Server server = door.server();
        if (server.isHttp() || server.isTls() && !server.isPassthrough() && server.protocol() == Protocol.HTTPS) {
            fromOutside(Sample.PLAIN, door.url(host, Sample.ROOT));
        } else {
            bytes(door, host);
        }
    }

    private void bytes(Doors.Door door, String host) {
        String scheme = door.server().isTls() ? "tls" : "tcp";
        fromOutside(Sample.PLAIN, "%s://%s:%d".formatted(scheme, host, door.port()));
    }

    private void served(Doors.Door door, String host, VirtualService service) {
        Server server = door.server();
        if (!server.isHttp() && server.protocol() != Protocol.HTTPS) {
            bytes(door, host);
            return;
        }
        for (HttpRoute route : mesh.virtualServices().routes(service)) {
            for (Sample sample : RouteSamples.of(route, unaskable::add)) {
                fromOutside(sample, door.url(host, sample.target()));
                RouteSamples.origins(route)
                        .forEach(origin -> preflight(sample, door.url(host, sample.target()), origin));
            }
        }
        tokens.forEach(claims -> Sample.PLAIN
                .sentAsWritten(door.url(host, Sample.ROOT))
                .ifPresent(request -> fromOutside(request.jwt(claims))));
        policies.paths(server.source().manifest().home())
                .forEach(path -> fromOutside(Sample.PLAIN, door.url(host, path)));
    }

    private void preflight(Sample sample, String url, String origin) {
        sample.sentAsWritten(url)
                .map(request -> request.header("Origin", origin))
                .ifPresent(asking -> {
                    fromOutside(asking);
                    fromOutside(asking.preflight());
                });
    }

    private void fromOutside(Sample sample, String url) {
        sample.sentAsWritten(url).ifPresentOrElse(this::fromOutside, () -> unaskable.add(url));
    }

    /** Adds a request from each block of addresses that somebody asks for, and one from none. */
    private void fromOutside(Request request) {
        if (clients.isEmpty()) {
            add(request);
        }
        clients.forEach(address -> add(request.clientIp(address)));
    }

    /**
     * Every caller asks every port of the mesh, and the hosts outside that somebody declared; where that are very many,
     * one caller stands for all in what no change seems to concern.
     */
    private void inside() {
        List<Pod> callers = callers();
        int ports = mesh.services().all().stream()
                .mapToInt(service -> service.ports().size())
                .sum();
        boolean all = (long) ports * callers.size() <= FEW;
        List<String> everybody = callers.stream().map(Pod::toString).toList();
        List<String> concerned =
                callers.stream().filter(concern::ofCaller).map(Pod::toString).toList();
        List<String> strangers = callers.stream()
                .filter(caller -> !concern.ofCaller(caller))
                .sorted(Comparator.comparing(caller -> concern.isAround(caller.namespace())))
                .map(Pod::toString)
                .toList();
        for (Service service : mesh.services().all()) {
            if (service.host().equals("*")) {
                continue;
            }
            boolean whole = all || strangers.size() <= 1 || isConcerned(service);
            String host = Sample.named(service.host());
            for (ServicePort port : service.ports()) {
                Set<Request> asked = asked(service, host, port);
                ask(asked, whole ? everybody : concerned);
                if (!whole) {
                    Spared calls = new Spared(asked, strangers.get(0), strangers.subList(1, strangers.size()));
                    calls.asked().forEach(this::add);
                    spared.add(calls);
                }
            }
        }
    }

    private void ask(Set<Request> asked, List<String> callers) {
        callers.forEach(caller -> asked.forEach(request -> add(request.from(caller))));
    }

    /** Tells whether a change may concern calls to a service, or to one to which its routes lead instead. */
    private boolean isConcerned(Service service) {
        Stream<Service> led = routes.getOrDefault(service.host(), List.of()).stream()
                .flatMap(this::destinations)
                .flatMap(destination ->
                        mesh.services().of(mesh.services().host(destination.host(), destination.namespace())).stream());
        return Stream.concat(Stream.of(service), led)
                .anyMatch(each -> concern.ofService(each, mesh.services().pods(each)));
    }

    private Stream<Destination> destinations(VirtualService service) {
        Stream<Destination> http =
                mesh.virtualServices().routes(service).stream().flatMap(route -> route.destinations().stream());
        return Stream.concat(
                http,
                Stream.of("tcp", "tls")
                        .flatMap(list -> mesh.virtualServices().connections(service, list).stream())
                        .flatMap(route -> route.shares().stream())
                        .map(HttpRoute.Share::destination));
    }

    /** One pod of each identity, since others of it are told from it by nothing that a policy can ask. */
    private List<Pod> callers() {
        Map<String, Pod> callers = new TreeMap<>();
        for (Pod pod : mesh.pods().all()) {
            if (isOfNode(pod)) {
                continue;
            }
            callers.putIfAbsent(
                    "%s/%s %s %s"
                            .formatted(
                                    pod.namespace(),
                                    pod.serviceAccount(),
                                    pod.proxy().type(),
                                    new TreeMap<>(pod.labels())),
                    pod);
        }
        return List.copyOf(callers.values());
    }

    /** True for ztunnels and the agents of istio-cni, which call no service of their own accord. */
    private static boolean isOfNode(Pod pod) {
        return Fields.items(pod.spec().path("containers")).stream()
                .anyMatch(container -> container.path("name").asText("").equals("install-cni")
                        || Fields.texts(container.path("args")).contains("ztunnel"));
    }

    private Set<Request> asked(Service service, String host, ServicePort port) {
        Set<Request> asked = new LinkedHashSet<>();
        try {
            if (port.protocol() == Protocol.UDP || isReadiness(service, port)) {
                return asked;
            }
            if (port.protocol().mayBeHttp()) {
                String base = "http://%s:%d".formatted(host, port.number());
                asked.add(Request.of("GET", base.concat(Sample.ROOT)));
                routes.getOrDefault(service.host(), List.of()).stream()
                        .flatMap(route -> mesh.virtualServices().routes(route).stream())
                        .flatMap(route -> RouteSamples.of(route, unaskable::add).stream())
                        .forEach(sample -> asked.add(sample.of(base.concat(sample.target()))));
                policies.of(service).forEach(sample -> asked.add(sample.of(base.concat(sample.target()))));
            } else {
                String scheme = port.protocol() == Protocol.TLS || port.protocol() == Protocol.HTTPS ? "tls" : "tcp";
                asked.add(Request.of("GET", "%s://%s:%d".formatted(scheme, host, port.number())));
            }
        } catch (InvalidValue unusual) {
            unaskable.add("%s:%d".formatted(host, port.number()));
        }
        return asked;
    }

    /** True for the port on which gateways tell kubelets whether they are ready: no route or policy acts there. */
    private boolean isReadiness(Service service, ServicePort port) {
        if (port.number() != IstioPorts.STATUS.value()) {
            return false;
        }
        List<Pod> pods = mesh.services().pods(service);
        return !pods.isEmpty() && pods.stream().allMatch(pod -> pod.proxy().isGateway());
    }

    /** Claims of a token of each issuer that somebody trusts. */
    private static List<JsonNode> tokens(Mesh mesh) {
        return mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream()
                .flatMap(policy -> Fields.items(policy.at("/spec/jwtRules")).stream())
                .filter(rule -> !rule.path("issuer").asText("").isEmpty())
                .map(Questions::claims)
                .distinct()
                .toList();
    }

    private static JsonNode claims(JsonNode rule) {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", rule.path("issuer").asText()).put("sub", Sample.WORD);
        Fields.texts(rule.path("audiences")).stream().findFirst().ifPresent(audience -> claims.put("aud", audience));
        return claims;
    }
}
