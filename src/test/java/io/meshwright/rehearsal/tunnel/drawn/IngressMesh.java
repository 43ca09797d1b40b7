package io.meshwright.rehearsal.tunnel.drawn;

import static io.meshwright.rehearsal.tunnel.drawn.DrawnObjects.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Ingresses for the fleet of fleet.yaml, drawn by a seed, alone or beside a Gateway and routes of Istio's own. */
public final class IngressMesh {
    private final Dice dice;
    private final DrawnObjects objects = new DrawnObjects();

    private IngressMesh(Dice dice) {
        this.dice = dice;
    }

    /** The objects as one text of JSON documents, which YAML is too. */
    public static String of(long seed) {
        IngressMesh mesh = new IngressMesh(new Dice(seed));
        int ingresses = mesh.dice.between(2, 5);
        for (int index = 0; index < ingresses; index++) {
            mesh.ingress("i%d".formatted(index));
        }
        if (mesh.dice.percent(40)) {
            mesh.routes();
        }
        if (mesh.dice.percent(40)) {
            mesh.meshRoutes();
        }
        if (mesh.dice.percent(40)) {
            mesh.policy();
        }
        return mesh.objects.text();
    }

    private void ingress(String name) {
        String namespace = dice.one("shop", "shop", "pay");
        Map<String, Object> spec = map("ingressClassName", dice.one("istio", "istio", "istio", "istio", "other"));
        if (dice.percent(15)) {
            spec.put("defaultBackend", backend(namespace));
        }
        List<Object> rules = new ArrayList<>();
        int count = dice.between(spec.containsKey("defaultBackend") ? 0 : 1, 2);
        for (int index = 0; index < count; index++) {
            rules.add(rule(namespace));
        }
        if (!rules.isEmpty()) {
            spec.put("rules", rules);
        }
        objects.add("networking.k8s.io/v1", "Ingress", namespace, name, spec);
    }

    private Map<String, Object> rule(String namespace) {
        Map<String, Object> rule = map();
        String host = dice.one("shop.example.org", "shop.example.org", "pay.example.com", "*.example.org", "");
        if (!host.isEmpty()) {
            rule.put("host", host);
        }
        List<Object> paths = new ArrayList<>();
        int count = dice.between(1, 3);
        for (int index = 0; index < count; index++) {
            String type = dice.one("Prefix", "Prefix", "Prefix", "Exact", "ImplementationSpecific");
            Map<String, Object> path = map("pathType", type, "backend", backend(namespace));
            path.put(
                    "path",
                    type.equals("ImplementationSpecific")
                            ? dice.one("/img/.*", "/api", "/api/.*", "/")
                            : dice.one("/", "/api", "/api/", "/api/v1", "/img", "/img/a.png", "/old"));
            paths.add(path);
        }
        rule.put("http", map("paths", paths));
        return rule;
    }

    private Map<String, Object> backend(String namespace) {
        Map<String, Object> service = namespace.equals("shop")
                ? dice.one(
                        map("name", "web", "port", map("number", 80)),
                        map("name", "web", "port", map("name", "http")),
                        map("name", "cart", "port", map("number", 80)),
                        map("name", "web", "port", map("number", 81)),
                        map("name", "absent", "port", map("number", 80)))
                : dice.one(
                        map("name", "bank", "port", map("number", 8000)),
                        map("name", "bank", "port", map("name", "http2-fast")),
                        map("name", "bank", "port", map("name", "absent")));
        return map("service", service);
    }

    /** A Gateway of the same pods and port, and routes of its own. */
    private void routes() {
        objects.add(
                "networking.istio.io/v1",
                "Gateway",
                "edge",
                "public",
                map(
                        "selector",
                        map("istio", "gate"),
                        "servers",
                        List.of(map(
                                "port",
                                map("number", 80, "name", "http", "protocol", "HTTP"),
                                "hosts",
                                dice.one(List.of("*"), List.of("shop.example.org"), List.of("*.example.com"))))));
        objects.add(
                "networking.istio.io/v1",
                "VirtualService",
                "shop",
                "edge-shop",
                map(
                        "hosts",
                        List.of(dice.one("shop.example.org", "pay.example.com", "*.example.org")),
                        "gateways",
                        List.of("edge/public"),
                        "http",
                        List.of(new RouteDice(dice, "shop", false).route("r", dice.percent(50)))));
        new DestinationRuleDice(dice, objects).draw();
    }

    private void meshRoutes() {
        objects.add(
                "networking.istio.io/v1",
                "VirtualService",
                "shop",
                "web",
                map(
                        "hosts",
                        List.of("web.shop.svc.cluster.local"),
                        "http",
                        List.of(map(
                                "route", List.of(map("destination", map("host", "cart.shop.svc.cluster.local")))))));
    }

    private void policy() {
        String namespace = dice.one("shop", "pay", "edge");
        objects.add(
                "security.istio.io/v1", "AuthorizationPolicy", namespace, "p", new PolicyDice(dice).spec(namespace));
    }
}
