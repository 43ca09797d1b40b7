package io.meshwright.plan.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.route.HttpMatch;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.route.VirtualService;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.StringMatch;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The requests that a mesh's routes, hosts, ports, policies and callers suggest: one for each that differs from the
 * others in what decides about it.
 */
final class Questions {
    private static final String ROOT = "/";
    private static final String WORD = "any";
    private static final int FEW = 5_000;
    private static final int STRANGERS = 1;

    private final Mesh mesh;
    private final Map<String, Request> requests = new TreeMap<>();
    private final Set<String> unaskable = new TreeSet<>();
    private final Concern concern;
    private int left;

    private final List<JsonNode> tokens;
    private final List<String> clients;
    private final Map<String, List<VirtualService>> routes = new HashMap<>();
    private final Map<String, List<AuthorizationPolicy>> policies = new HashMap<>();

    private Questions(Mesh mesh, Concern concern) {
        this.mesh = mesh;
        this.concern = concern;
        this.tokens = tokens(mesh);
        this.clients = ClientAddresses.of(mesh);
        mesh.virtualServices().all().stream()
                .filter(VirtualService::isOnMesh)
                .forEach(service -> service.hosts()
                        .forEach(host -> routes.computeIfAbsent(host, none -> new ArrayList<>(1))
                                .add(service)));
        mesh.authorizationPolicies()
                .all()
                .forEach(policy -> policies.computeIfAbsent(policy.manifest().home(), none -> new ArrayList<>())
                        .add(policy));
    }

    /**
     * What can be asked.
     *
     * @param requests by a text that no two of them share
     * @param unaskable matches for which no request could be made up, as places
     * @param left how many were left out of those that no change concerns
     */
    record Asked(Map<String, Request> requests, Set<String> unaskable, int left) {}

    static Asked of(Mesh mesh, Concern concern) {
        Questions questions = new Questions(mesh, concern);
        questions.outside();
        questions.inside();
        return new Asked(questions.requests, questions.unaskable, questions.left);
    }

    /** Those that come from outside the cluster. */
    static Map<String, Request> outside(Mesh mesh) {
        Questions questions = new Questions(mesh, Concern.NONE);
        questions.outside();
        return questions.requests;
    }

    /** A text that tells requests apart. */
    static String key(Request request) {
        return "%s %s %s from %s %s"
                .formatted(
                        request,
                        request.headers(),
                        request.token().map(token -> token.claims().toString()).orElse(""),
                        request.from(),
                        request.clientIp().orElse(""));
    }

    private void add(Request request) {
        requests.putIfAbsent(key(request), request);
    }

    private void outside() {
        for (Gateway gateway : mesh.gateways().all()) {
            for (Server server : gateway.servers()) {
                for (VirtualService service : mesh.virtualServices()
                        .visible(gateway.reference(), gateway.manifest().home())) {
                    for (String host :
                            server.served(service.hosts(), service.manifest().home())) {
                        served(server, named(host), service);
                    }
                }
                server.hostNames().forEach(host -> door(server, named(host)));
            }
        }
    }

    /** A host at a gateway with nothing said about the path: it finds the first route, or none. */
    private void door(Server server, String host) {
        if (server.isHttp() || server.isTls() && !server.isPassthrough() && server.protocol() == Protocol.HTTPS) {
            fromOutside(Request.of("GET", url(server, host, ROOT)));
        } else {
            bytes(server, host);
        }
    }

    private void bytes(Server server, String host) {
        String scheme = server.isTls() ? "tls" : "tcp";
        fromOutside(Request.of("GET", "%s://%s:%d".formatted(scheme, host, server.port())));
    }

    private void served(Server server, String host, VirtualService service) {
        if (!server.isHttp() && server.protocol() != Protocol.HTTPS) {
            bytes(server, host);
            return;
        }
        for (HttpRoute route : mesh.virtualServices().routes(service)) {
            for (Sample sample : samples(route)) {
                fromOutside(sample.of(url(server, host, sample.target())));
                origins(route).forEach(origin -> preflight(sample, url(server, host, sample.target()), origin));
            }
        }
        tokens.forEach(
                claims -> fromOutside(Request.of("GET", url(server, host, ROOT)).jwt(claims)));
        policyPaths(server.source().manifest().home())
                .forEach(path -> fromOutside(Request.of("GET", url(server, host, path))));
    }

    private void preflight(Sample sample, String url, String origin) {
        Request asking = sample.of(url).header("Origin", origin);
        fromOutside(asking);
        fromOutside(asking.preflight());
    }

    /** Where somebody asks for clients' addresses, one of each block and one of none. */
    private void fromOutside(Request request) {
        if (clients.isEmpty()) {
            add(request);
        }
        clients.forEach(address -> add(request.clientIp(address)));
    }

    private static String url(Server server, String host, String target) {
        String scheme = server.isTls() ? "https" : "http";
        int usual = server.isTls() ? 443 : 80;
        return server.port() == usual
                ? "%s://%s%s".formatted(scheme, host, target)
                : "%s://%s:%d%s".formatted(scheme, host, server.port(), target);
    }

    /**
     * Every caller asks every port of the mesh, and the hosts outside that somebody declared; where that are very many,
     * one caller stands for all in what no change concerns.
     */
    private void inside() {
        List<Pod> callers = callers();
        int ports = mesh.services().all().stream()
                .mapToInt(service -> service.ports().size())
                .sum();
        boolean all = (long) ports * callers.size() <= FEW;
        for (Service service : mesh.services().all()) {
            if (service.host().equals("*")) {
                continue;
            }
            String host = named(service.host());
            for (ServicePort port : service.ports()) {
                Set<Request> asked = asked(service, host, port);
                int strangers = 0;
                for (Pod caller : callers) {
                    if (all || concern.of(service, caller) || strangers++ < STRANGERS) {
                        asked.forEach(
                                request -> add(request.from("%s/%s".formatted(caller.namespace(), caller.name()))));
                    } else {
                        left += asked.size();
                    }
                }
            }
        }
    }

    /** One pod of each identity, since others of it are told from it by nothing that a policy can ask. */
    private List<Pod> callers() {
        Map<String, Pod> callers = new TreeMap<>();
        for (Pod pod : mesh.pods().all()) {
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

    private Set<Request> asked(Service service, String host, ServicePort port) {
        Set<Request> asked = new LinkedHashSet<>();
        try {
            if (port.protocol() == Protocol.UDP) {
                return asked;
            }
            if (port.protocol().mayBeHttp()) {
                String base = "http://%s:%d".formatted(host, port.number());
                asked.add(Request.of("GET", base.concat(ROOT)));
                routes.getOrDefault(service.host(), List.of()).stream()
                        .flatMap(route -> mesh.virtualServices().routes(route).stream())
                        .flatMap(route -> samples(route).stream())
                        .forEach(sample -> asked.add(sample.of(base.concat(sample.target()))));
                policySamples(service).forEach(sample -> asked.add(sample.of(base.concat(sample.target()))));
            } else {
                String scheme = port.protocol() == Protocol.TLS || port.protocol() == Protocol.HTTPS ? "tls" : "tcp";
                asked.add(Request.of("GET", "%s://%s:%d".formatted(scheme, host, port.number())));
            }
        } catch (InvalidValue unusual) {
            unaskable.add("%s:%d".formatted(host, port.number()));
        }
        return asked;
    }

    /** Method, target and headers of a request that a match takes. */
    private record Sample(String method, String target, Map<String, String> headers) {
        Request of(String url) {
            Request request = Request.of(method, url);
            for (Map.Entry<String, String> header : headers.entrySet()) {
                request = request.header(header.getKey(), header.getValue());
            }
            return request;
        }
    }

    private List<Sample> samples(HttpRoute route) {
        List<Sample> samples = new ArrayList<>();
        if (route.matches().isEmpty()) {
            samples.add(new Sample("GET", ROOT, Map.of()));
        }
        for (HttpMatch match : route.matches()) {
            JsonNode body = match.body();
            List<String> paths = body.path("uri").isObject() ? values(body.path("uri"), true) : List.of(ROOT);
            Optional<String> method = body.path("method").isObject()
                    ? values(body.path("method"), false).stream()
                            .filter(Request::isMethod)
                            .findFirst()
                    : Optional.of("GET");
            Optional<Map<String, String>> headers = headers(body.path("headers"));
            if (paths.isEmpty() || method.isEmpty() || headers.isEmpty()) {
                unaskable.add(match.source().toString());
            } else {
                String query = query(body.path("queryParams"));
                paths.forEach(path -> samples.add(new Sample(method.get(), path.concat(query), headers.get())));
            }
        }
        return samples;
    }

    private static String query(JsonNode parameters) {
        List<String> pairs = Fields.entries(parameters).stream()
                .map(entry -> "%s=%s"
                        .formatted(
                                entry.getKey(),
                                values(entry.getValue(), false).stream()
                                        .findFirst()
                                        .orElse(WORD)))
                .toList();
        return pairs.isEmpty() ? "" : "?".concat(String.join("&", pairs));
    }

    private static Optional<Map<String, String>> headers(JsonNode written) {
        Map<String, String> headers = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : Fields.entries(written)) {
            List<String> values = values(entry.getValue(), false);
            if (values.isEmpty()
                    || entry.getKey().startsWith(":")
                    || entry.getKey().startsWith("@")) {
                return Optional.empty();
            }
            headers.put(entry.getKey(), values.get(0));
        }
        return Optional.of(headers);
    }

    /** Texts that a match takes: a prefix alone and with more behind it; of a regex what it takes, if that is found. */
    private static List<String> values(JsonNode written, boolean isPath) {
        StringMatch match = StringMatch.of(written);
        return switch (match.type()) {
            case EXACT -> List.of(match.text());
            case PREFIX, SEGMENTS ->
                isPath ? prefixes(match.text()) : List.of(match.text().isEmpty() ? WORD : match.text());
            case PRESENT -> List.of(isPath ? ROOT : WORD);
            case REGEX ->
                RegexSamples.of(match).stream()
                        .filter(text -> !isPath || text.startsWith(ROOT))
                        .toList();
            case BROKEN -> List.of();
        };
    }

    private static List<String> prefixes(String prefix) {
        String path = prefix.startsWith(ROOT) ? prefix : ROOT;
        return path.endsWith(ROOT)
                ? List.of(path, path.concat(WORD))
                : List.of(path, path.concat("/").concat(WORD));
    }

    private List<String> origins(HttpRoute route) {
        return Fields.items(route.body().at("/corsPolicy/allowOrigins")).stream()
                .flatMap(origin -> values(origin, false).stream())
                .filter(origin -> origin.contains("://"))
                .distinct()
                .toList();
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
        claims.put("iss", rule.path("issuer").asText()).put("sub", WORD);
        Fields.texts(rule.path("audiences")).stream().findFirst().ifPresent(audience -> claims.put("aud", audience));
        return claims;
    }

    private List<Sample> policySamples(Service service) {
        return policies(service.namespace()).stream()
                .flatMap(policy -> operations(policy).stream())
                .flatMap(operation -> samples(operation).stream())
                .distinct()
                .toList();
    }

    private List<String> policyPaths(String namespace) {
        return policies(namespace).stream()
                .flatMap(policy -> operations(policy).stream())
                .flatMap(operation -> paths(operation).stream())
                .distinct()
                .toList();
    }

    /** Those of the namespace and those of all. */
    private List<AuthorizationPolicy> policies(String namespace) {
        String root = mesh.config().rootNamespace();
        List<AuthorizationPolicy> found = new ArrayList<>(policies.getOrDefault(namespace, List.of()));
        if (!namespace.equals(root)) {
            found.addAll(policies.getOrDefault(root, List.of()));
        }
        return found;
    }

    private static List<JsonNode> operations(AuthorizationPolicy policy) {
        return Fields.items(policy.manifest().at("/spec/rules")).stream()
                .flatMap(rule -> Fields.items(rule.path("to")).stream())
                .map(to -> to.path("operation"))
                .toList();
    }

    private static List<Sample> samples(JsonNode operation) {
        List<String> paths = paths(operation);
        List<String> methods = Fields.texts(operation.path("methods")).stream()
                .filter(Request::isMethod)
                .toList();
        List<Sample> samples = new ArrayList<>();
        for (String path : paths.isEmpty() ? List.of(ROOT) : paths) {
            for (String method : methods.isEmpty() ? List.of("GET") : methods) {
                samples.add(new Sample(method, path, Map.of()));
            }
        }
        return samples;
    }

    /** What a policy's texts stand for: an asterisk at either end, or templates of a segment or of many. */
    private static List<String> paths(JsonNode operation) {
        List<String> written = new ArrayList<>(Fields.texts(operation.path("paths")));
        written.addAll(Fields.texts(operation.path("notPaths")));
        return written.stream()
                .map(path -> path.replace("{**}", WORD).replace("{*}", WORD).replace("*", WORD))
                .map(path -> path.startsWith(ROOT) ? path : ROOT.concat(path))
                .filter(path -> path.chars().allMatch(letter -> letter > ' ' && letter < 127 && letter != '#'))
                .distinct()
                .toList();
    }

    /** A name that a wildcard takes. */
    private static String named(String host) {
        return host.startsWith("*.") ? WORD.concat(host.substring(1)) : host.equals("*") ? "any.example" : host;
    }
}
