package io.meshwright.rehearsal.tunnel.drawn;

import static io.meshwright.rehearsal.tunnel.drawn.DrawnObjects.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The Gateway API's objects for the fleet of fleet.yaml, drawn by a seed: listeners, routes of gateways and Services,
 * grants.
 */
public final class GatewayApiMesh {
    private static final String GROUP = "gateway.networking.k8s.io";

    private final Dice dice;
    private final DrawnObjects objects = new DrawnObjects();

    private GatewayApiMesh(Dice dice) {
        this.dice = dice;
    }

    /** The objects as one text of JSON documents, which YAML is too. */
    public static String of(long seed) {
        GatewayApiMesh mesh = new GatewayApiMesh(new Dice(seed));
        mesh.gateway();
        int routes = mesh.dice.between(3, 6);
        for (int index = 0; index < routes; index++) {
            mesh.route("r%d".formatted(index));
        }
        mesh.connections();
        mesh.grants();
        if (mesh.dice.percent(50)) {
            mesh.policy();
        }
        return mesh.objects.text();
    }

    private void gateway() {
        List<Object> listeners = new ArrayList<>();
        listeners.add(listener("http", dice.one("", "", "*.example.org", "shop.example.org")));
        if (dice.percent(50)) {
            listeners.add(listener("second", dice.one("pay.example.com", "www.example.org", "*.example.com")));
        }
        if (dice.percent(60)) {
            Map<String, Object> tls = listener("tls", dice.one("", "*.example.org", "shop.example.org"));
            tls.put("port", 443);
            tls.put("protocol", "TLS");
            tls.put("tls", map("mode", "Passthrough"));
            listeners.add(tls);
        }
        if (dice.percent(50)) {
            Map<String, Object> tcp = listener("tcp", "");
            tcp.put("port", 9000);
            tcp.put("protocol", "TCP");
            listeners.add(tcp);
        }
        objects.add(
                GROUP.concat("/v1"),
                "Gateway",
                "edge",
                "public",
                map(
                        "gatewayClassName",
                        "istio",
                        "addresses",
                        List.of(map("type", "Hostname", "value", "gate.edge.svc.cluster.local")),
                        "listeners",
                        listeners));
    }

    private Map<String, Object> listener(String name, String hostname) {
        Map<String, Object> listener = map("name", name, "port", 80, "protocol", "HTTP");
        if (!hostname.isEmpty()) {
            listener.put("hostname", hostname);
        }
        Map<String, Object> allowed = dice.one(
                map("from", "All"),
                map("from", "All"),
                map("from", "All"),
                map("from", "Same"),
                map("from", "Selector", "selector", map("matchLabels", map("kubernetes.io/metadata.name", "shop"))));
        listener.put("allowedRoutes", map("namespaces", allowed));
        return listener;
    }

    private void route(String name) {
        String namespace = dice.one("shop", "shop", "shop", "pay", "edge");
        boolean ofService = !namespace.equals("edge") && dice.percent(35);
        Map<String, Object> spec = map("parentRefs", ofService ? services(namespace) : gateways(namespace));
        List<String> hostnames = ofService ? List.of() : hostnames();
        if (!hostnames.isEmpty()) {
            spec.put("hostnames", hostnames);
        }
        spec.put("rules", new HttpRouteDice(dice, namespace).rules());
        objects.add(GROUP.concat("/v1"), "HTTPRoute", namespace, name, spec);
    }

    private void connections() {
        int routes = dice.between(0, 3);
        for (int index = 0; index < routes; index++) {
            String namespace = dice.one("shop", "shop", "pay", "edge");
            boolean tls = dice.percent(65);
            Map<String, Object> parent = map("name", "public");
            if (!namespace.equals("edge")) {
                parent.put("namespace", "edge");
            }
            if (dice.percent(50)) {
                parent.put("sectionName", tls ? "tls" : "tcp");
            }
            Map<String, Object> spec = map("parentRefs", List.of(parent));
            if (tls) {
                spec.put(
                        "hostnames",
                        dice.one(
                                List.of("shop.example.org"),
                                List.of("*.example.org"),
                                List.of("www.example.org", "pay.example.com")));
            }
            spec.put("rules", List.of(map("backendRefs", backends(namespace))));
            objects.add(GROUP.concat("/v1"), tls ? "TLSRoute" : "TCPRoute", namespace, "c%d".formatted(index), spec);
        }
    }

    private List<Object> backends(String namespace) {
        List<Object> backends = new ArrayList<>();
        int count = dice.one(1, 1, 2);
        for (int index = 0; index < count; index++) {
            String home = dice.percent(75) && !namespace.equals("edge") ? namespace : dice.one("shop", "pay");
            Map<String, Object> backend = home.equals("shop")
                    ? map("name", "web", "port", dice.one(8443, 8443, 9000, 80))
                    : map("name", "bank", "port", dice.one(5000, 8000));
            if (!home.equals(namespace)) {
                backend.put("namespace", home);
            }
            if (dice.percent(40)) {
                backend.put("weight", dice.one(0, 1, 3));
            }
            backends.add(backend);
        }
        return backends;
    }

    private List<String> hostnames() {
        return dice.one(
                List.of(),
                List.of(),
                List.of("shop.example.org"),
                List.of("*.example.org"),
                List.of("www.example.org", "pay.example.com"),
                List.of("pay.example.com"));
    }

    private List<Object> gateways(String namespace) {
        Map<String, Object> parent = map("name", "public");
        if (!namespace.equals("edge")) {
            parent.put("namespace", "edge");
        }
        switch (dice.between(0, 9)) {
            case 0, 1 -> parent.put("sectionName", "http");
            case 2 -> parent.put("sectionName", "second");
            case 3 -> parent.put("port", 80);
            case 4 -> parent.put("sectionName", "absent");
            default -> {}
        }
        return List.of(parent);
    }

    /** Of one's own namespace, where all callers heed the route, or of another's, where one's own callers do. */
    private List<Object> services(String namespace) {
        boolean own = dice.percent(75);
        boolean web = namespace.equals("shop") == own;
        Map<String, Object> parent = map("group", "", "kind", "Service", "name", web ? "web" : "bank");
        if (!own) {
            parent.put("namespace", web ? "shop" : "pay");
        }
        if (dice.percent(40)) {
            parent.put("port", web ? dice.one(80, 80, 7070) : dice.one(8000, 8002));
        }
        return List.of(parent);
    }

    private void grants() {
        for (String to : List.of("shop", "pay")) {
            if (dice.percent(50)) {
                Map<String, Object> service = map("group", "", "kind", "Service");
                if (dice.percent(30)) {
                    service.put("name", to.equals("shop") ? "web" : "bank");
                }
                objects.add(
                        GROUP.concat("/v1beta1"),
                        "ReferenceGrant",
                        to,
                        "routes",
                        map(
                                "from",
                                List.of(map(
                                        "group",
                                        GROUP,
                                        "kind",
                                        dice.one("HTTPRoute", "HTTPRoute", "TLSRoute", "TCPRoute"),
                                        "namespace",
                                        dice.one("shop", "pay", "edge"))),
                                "to",
                                List.of(service)));
            }
        }
    }

    private void policy() {
        String namespace = dice.one("shop", "shop", "pay", "edge");
        Map<String, Object> spec = new PolicyDice(dice).spec(namespace);
        objects.add("security.istio.io/v1", "AuthorizationPolicy", namespace, "p", spec);
    }
}
