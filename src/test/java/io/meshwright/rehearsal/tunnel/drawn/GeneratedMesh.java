package io.meshwright.rehearsal.tunnel.drawn;

import static io.meshwright.rehearsal.tunnel.drawn.DrawnObjects.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Istio's objects for the fleet of fleet.yaml, drawn by a seed: routes, subsets, policies, entries and scopes. */
public final class GeneratedMesh {
    static final List<String> PATHS =
            List.of("/", "/api", "/api/v1", "/api/v1/x", "/Api", "/apis", "/img/a.png", "/img/b", "/old/x?page=1");
    static final List<String> METHODS = List.of("GET", "GET", "POST", "PUT", "DELETE");
    static final List<String> USERS = List.of("alice", "bob", "albert");
    static final String ISSUER = "https://issuer.test";

    private final Dice dice;
    private final DrawnObjects objects = new DrawnObjects();

    private GeneratedMesh(Dice dice) {
        this.dice = dice;
    }

    /** The objects as one text of JSON documents, which YAML is too. */
    public static String of(long seed) {
        GeneratedMesh mesh = new GeneratedMesh(new Dice(seed));
        mesh.gateway();
        mesh.edgeRoutes();
        mesh.meshRoutes();
        new DestinationRuleDice(mesh.dice, mesh.objects).draw();
        mesh.delegates();
        mesh.peerAuthentications();
        mesh.requestAuthentication();
        mesh.authorizationPolicies();
        mesh.entries();
        mesh.endpoints();
        mesh.sidecars();
        return mesh.objects.text();
    }

    private void object(String group, String kind, String namespace, String name, Map<String, Object> spec) {
        objects.add(group.concat("/v1"), kind, namespace, name, spec);
    }

    private void gateway() {
        List<Object> servers = new ArrayList<>();
        List<String> hosts = dice.one(
                List.of("*.example.org", "pay.example.com"),
                List.of("shop.example.org", "pay/*.example.com"),
                List.of("*"));
        Map<String, Object> plain = map("port", map("number", 80, "name", "http", "protocol", "HTTP"), "hosts", hosts);
        if (dice.percent(8)) {
            plain.put("tls", map("httpsRedirect", true));
        }
        servers.add(plain);
        if (dice.percent(60)) {
            servers.add(map(
                    "port",
                    map("number", 443, "name", "https", "protocol", "HTTPS"),
                    "hosts",
                    hosts,
                    "tls",
                    map("mode", dice.one("SIMPLE", "SIMPLE", "MUTUAL"), "credentialName", "certificate")));
        }
        object(
                "networking.istio.io",
                "Gateway",
                "edge",
                "public",
                map("selector", map("istio", "gate"), "servers", servers));
    }

    private void edgeRoutes() {
        object(
                "networking.istio.io",
                "VirtualService",
                "shop",
                "edge-shop",
                map(
                        "hosts",
                        dice.one(
                                List.of("shop.example.org"),
                                List.of("*.example.org"),
                                List.of("shop.example.org", "www.example.org")),
                        "gateways",
                        dice.one(List.of("edge/public"), List.of("edge/public", "mesh")),
                        "http",
                        dice.percent(25) ? delegating() : routes("shop", false)));
        if (dice.percent(60)) {
            object(
                    "networking.istio.io",
                    "VirtualService",
                    "pay",
                    "edge-pay",
                    map(
                            "hosts",
                            List.of("pay.example.com"),
                            "gateways",
                            List.of("edge/public"),
                            "http",
                            routes("pay", false)));
        }
    }

    private void meshRoutes() {
        if (dice.percent(75)) {
            Map<String, Object> web = map(
                    "hosts",
                    dice.one(List.of("web"), List.of("web.shop.svc.cluster.local")),
                    "http",
                    routes("shop", true));
            if (dice.percent(20)) {
                web.put("exportTo", dice.one(List.of("."), List.of("shop", "edge"), List.of("pay")));
            }
            object("networking.istio.io", "VirtualService", "shop", "web", web);
        }
        if (dice.percent(20)) {
            object(
                    "networking.istio.io",
                    "VirtualService",
                    "pay",
                    "web",
                    map(
                            "hosts",
                            List.of("web.shop.svc.cluster.local"),
                            "exportTo",
                            List.of("."),
                            "http",
                            routes("pay", true)));
        }
        if (dice.percent(50)) {
            object(
                    "networking.istio.io",
                    "VirtualService",
                    "pay",
                    "bank",
                    map("hosts", List.of("bank.pay.svc.cluster.local"), "http", routes("pay", true)));
        }
    }

    /** Routes that leave the rest to a VirtualService without hosts, in its own namespace or in another, or to none. */
    private List<Object> delegating() {
        List<Object> all = new ArrayList<>();
        if (dice.percent(70)) {
            all.add(map(
                    "match",
                    List.of(map("uri", map("prefix", dice.one("/api", "/img/", "/a")))),
                    "delegate",
                    map("name", "delegate", "namespace", dice.one("shop", "pay", "edge"))));
        }
        all.addAll(routes("shop", false));
        all.add(
                dice.between(0, all.size()),
                map("delegate", map("name", "delegate", "namespace", dice.one("shop", "pay"))));
        return all;
    }

    private void delegates() {
        for (String namespace : List.of("shop", "pay")) {
            Map<String, Object> spec = map("http", routes(namespace, false));
            if (dice.percent(15)) {
                spec.put("exportTo", List.of(dice.one(".", "shop")));
            }
            object("networking.istio.io", "VirtualService", namespace, "delegate", spec);
        }
    }

    private List<Object> routes(String namespace, boolean inMesh) {
        RouteDice routes = new RouteDice(dice, namespace, inMesh);
        List<Object> all = new ArrayList<>();
        int count = dice.between(1, 4);
        for (int index = 0; index < count; index++) {
            all.add(routes.route("r%d".formatted(index), index == count - 1 && dice.percent(85)));
        }
        return all;
    }

    private void peerAuthentications() {
        if (dice.percent(50)) {
            object(
                    "security.istio.io",
                    "PeerAuthentication",
                    "istio-system",
                    "default",
                    map("mtls", map("mode", mode())));
        }
        if (dice.percent(30)) {
            object("security.istio.io", "PeerAuthentication", "shop", "default", map("mtls", map("mode", mode())));
        }
        if (dice.percent(30)) {
            Map<String, Object> spec =
                    map("selector", map("matchLabels", map("app", "web")), "mtls", map("mode", mode()));
            if (dice.percent(50)) {
                spec.put("portLevelMtls", map("8080", map("mode", mode())));
            }
            object("security.istio.io", "PeerAuthentication", "shop", "web", spec);
        }
    }

    private String mode() {
        return dice.one("STRICT", "STRICT", "STRICT", "PERMISSIVE", "PERMISSIVE", "DISABLE");
    }

    private void requestAuthentication() {
        if (dice.percent(50)) {
            Map<String, Object> rule =
                    map("issuer", ISSUER, "jwks", "{\"keys\":[]}", "forwardOriginalToken", dice.percent(50));
            if (dice.percent(30)) {
                rule.put(
                        "outputClaimToHeaders",
                        List.of(dice.one(
                                map("header", "x-user", "claim", "sub"), map("header", "X-User", "claim", "role"))));
            }
            object(
                    "security.istio.io",
                    "RequestAuthentication",
                    dice.one("shop", "edge", "istio-system"),
                    "tokens",
                    map("jwtRules", List.of(rule)));
        }
    }

    private void authorizationPolicies() {
        int count = dice.one(0, 0, 0, 1, 1, 2);
        for (int index = 0; index < count; index++) {
            PolicyDice policy = new PolicyDice(dice);
            String namespace = dice.one("shop", "shop", "pay", "edge", "istio-system");
            object(
                    "security.istio.io",
                    "AuthorizationPolicy",
                    namespace,
                    "p%d".formatted(index),
                    policy.spec(namespace));
        }
    }

    /** Hosts outside by endpoints, which may be told apart by labels. */
    private void endpoints() {
        Map<String, Object> spec = map(
                "hosts",
                List.of("fixed.test"),
                "location",
                "MESH_EXTERNAL",
                "resolution",
                "STATIC",
                "ports",
                List.of(map("number", 80, "name", "http", "protocol", "HTTP", "targetPort", 8088)),
                "endpoints",
                List.of(
                        map("address", "192.0.2.10", "labels", map("version", "v1")),
                        map("address", "192.0.2.11", "labels", map("version", "v2"), "ports", map("http", 8089))));
        object("networking.istio.io", "ServiceEntry", "pay", "fixed", spec);
        if (dice.percent(50)) {
            object(
                    "networking.istio.io",
                    "DestinationRule",
                    "pay",
                    "fixed",
                    map(
                            "host",
                            "fixed.test",
                            "subsets",
                            List.of(
                                    map("name", "v1", "labels", map("version", "v1")),
                                    map("name", "v3", "labels", map("version", "v3")))));
            object(
                    "networking.istio.io",
                    "VirtualService",
                    "pay",
                    "fixed",
                    map(
                            "hosts",
                            List.of("fixed.test"),
                            "http",
                            List.of(
                                    map(
                                            "match",
                                            List.of(map("uri", map("prefix", "/api"))),
                                            "route",
                                            List.of(map("destination", map("host", "fixed.test", "subset", "v3")))),
                                    map(
                                            "route",
                                            List.of(map("destination", map("host", "fixed.test", "subset", "v1")))))));
        }
    }

    private void entries() {
        if (dice.percent(60)) {
            object(
                    "networking.istio.io",
                    "ServiceEntry",
                    "shop",
                    "partner",
                    map(
                            "hosts",
                            List.of("partner.test"),
                            "location",
                            "MESH_EXTERNAL",
                            "resolution",
                            dice.one("DNS", "NONE"),
                            "exportTo",
                            dice.one(List.of("*"), List.of(".")),
                            "ports",
                            List.of(
                                    map("number", 80, "name", "http", "protocol", "HTTP"),
                                    map("number", 443, "name", "tls", "protocol", "TLS"))));
        }
    }

    private void sidecars() {
        if (dice.percent(25)) {
            object(
                    "networking.istio.io",
                    "Sidecar",
                    "shop",
                    "default",
                    map(
                            "egress",
                            List.of(map(
                                    "hosts",
                                    dice.one(
                                            List.of("./*"),
                                            List.of("./*", "pay/*"),
                                            List.of("*/bank.pay.svc.cluster.local", "./*")))),
                            "outboundTrafficPolicy",
                            map("mode", dice.one("REGISTRY_ONLY", "ALLOW_ANY"))));
        }
    }
}
