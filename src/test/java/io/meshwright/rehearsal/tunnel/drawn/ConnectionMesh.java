package io.meshwright.rehearsal.tunnel.drawn;

import static io.meshwright.rehearsal.tunnel.drawn.DrawnObjects.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Istio's objects for the fleet of fleet.yaml that decide about connections, drawn by a seed: servers of TLS and TCP,
 * routes by server name and port, entries of every protocol and resolution, TLS that proxies begin.
 */
public final class ConnectionMesh {
    private static final String NETWORKING = "networking.istio.io/v1";
    private static final String SECURITY = "security.istio.io/v1";
    private static final String WEB = "web.shop.svc.cluster.local";
    private static final String GATE = "gate.edge.svc.cluster.local";
    private static final String BANK = "bank.pay.svc.cluster.local";

    private final Dice dice;
    private final DrawnObjects objects = new DrawnObjects();

    private ConnectionMesh(Dice dice) {
        this.dice = dice;
    }

    /** The objects as one text of JSON documents, which YAML is too. */
    public static String of(long seed) {
        ConnectionMesh mesh = new ConnectionMesh(new Dice(seed));
        mesh.gateways();
        mesh.gatewayRoutes();
        mesh.meshRoutes();
        mesh.entries();
        mesh.rules();
        mesh.scopes();
        mesh.policies();
        return mesh.objects.text();
    }

    private void networking(String kind, String namespace, String name, Map<String, Object> spec) {
        objects.add(NETWORKING, kind, namespace, name, spec);
    }

    private void gateways() {
        List<Object> servers = new ArrayList<>();
        if (dice.percent(70)) {
            servers.add(server(80, "http", "HTTP", List.of("*")));
        }
        int encrypted = dice.between(1, 2);
        for (int index = 0; index < encrypted; index++) {
            List<String> hosts = index == 0
                    ? dice.one(List.of("shop.example.org"), List.of("*.example.org"), List.of("*"))
                    : List.of("pay.example.com");
            servers.add(encrypted("secure%d".formatted(index), hosts));
        }
        if (dice.percent(60)) {
            servers.add(server(9000, "tcp", dice.one("TCP", "TCP", "MONGO"), List.of("*")));
        }
        networking("Gateway", "edge", "public", map("selector", map("istio", "gate"), "servers", servers));
    }

    private static Map<String, Object> server(int port, String name, String protocol, List<String> hosts) {
        return map("port", map("number", port, "name", name, "protocol", protocol), "hosts", hosts);
    }

    private Map<String, Object> encrypted(String name, List<String> hosts) {
        String mode = dice.one("PASSTHROUGH", "PASSTHROUGH", "SIMPLE", "MUTUAL");
        String protocol = mode.equals("PASSTHROUGH") ? dice.one("TLS", "TLS", "HTTPS") : dice.one("TLS", "HTTPS");
        Map<String, Object> server = server(443, name, protocol, hosts);
        Map<String, Object> tls = map("mode", mode);
        if (!mode.equals("PASSTHROUGH")) {
            tls.put("credentialName", "certificate");
        }
        server.put("tls", tls);
        return server;
    }

    private void gatewayRoutes() {
        for (String host : List.of("shop.example.org", "pay.example.com")) {
            if (dice.percent(15)) {
                continue;
            }
            Map<String, Object> spec = map(
                    "hosts",
                    host.startsWith("shop") ? dice.one(List.of(host), List.of("*.example.org")) : List.of(host),
                    "gateways",
                    dice.percent(85) ? List.of("edge/public") : List.of("edge/public", "mesh"));
            if (dice.percent(60)) {
                spec.put("http", List.of(map("route", destinations())));
            }
            if (dice.percent(70)) {
                spec.put("tls", tls(host));
            }
            if (dice.percent(60)) {
                spec.put("tcp", tcp(dice.one(443, 443, 9000), true));
            }
            if (spec.size() == 2) {
                spec.put("tcp", tcp(9000, true));
            }
            networking("VirtualService", "shop", host.startsWith("shop") ? "edge-shop" : "edge-pay", spec);
        }
        if (dice.percent(40)) {
            networking(
                    "VirtualService",
                    "edge",
                    "raw",
                    map("hosts", List.of("*"), "gateways", List.of("edge/public"), "tcp", tcp(9000, true)));
        }
    }

    private List<Object> tls(String host) {
        List<Object> routes = new ArrayList<>();
        int count = dice.between(1, 2);
        for (int index = 0; index < count; index++) {
            String name = host.startsWith("shop")
                    ? dice.one(host, host, "*.example.org", "www.example.org")
                    : dice.one(host, host, "*.example.com");
            Map<String, Object> match = map("sniHosts", List.of(name));
            if (dice.percent(50)) {
                match.put("port", dice.one(443, 443, 8443));
            }
            routes.add(map("match", List.of(match), "route", destinations()));
        }
        return routes;
    }

    private List<Object> tcp(int port, boolean atGateway) {
        List<Object> routes = new ArrayList<>();
        if (dice.percent(60)) {
            Map<String, Object> match = map("port", port);
            if (!atGateway && dice.percent(40)) {
                match.put("sourceLabels", map("app", dice.one("cart", "bank")));
            }
            if (!atGateway && dice.percent(20)) {
                match.put("sourceNamespace", dice.one("shop", "pay"));
            }
            routes.add(map("match", List.of(match), "route", destinations()));
        }
        if (routes.isEmpty() || dice.percent(60)) {
            routes.add(map("route", destinations()));
        }
        return routes;
    }

    private List<Object> destinations() {
        if (dice.percent(20)) {
            return List.of(
                    map("destination", destination("v1"), "weight", 50),
                    map("destination", destination("v2"), "weight", 50));
        }
        return List.of(map("destination", destination(dice.one("", "", "", "v1", "v2", "none"))));
    }

    private Map<String, Object> destination(String subset) {
        Map<String, Object> destination = dice.percent(75)
                ? map("host", WEB, "port", map("number", dice.one(8443, 8443, 9000, 80, 7070)))
                : map("host", BANK, "port", map("number", dice.one(5000, 8000)));
        if (!subset.isEmpty()) {
            destination.put("subset", subset);
        } else if (dice.percent(12)) {
            destination.put("host", dice.one("partner.test", "db.test", "absent.shop.svc.cluster.local"));
            destination.put("port", map("number", dice.one(443, 5000)));
        }
        return destination;
    }

    private void meshRoutes() {
        if (dice.percent(50)) {
            Map<String, Object> spec = map("hosts", List.of(WEB), "tcp", tcp(dice.one(9000, 7070, 8443), false));
            if (dice.percent(40)) {
                spec.put(
                        "tls",
                        List.of(map(
                                "match",
                                List.of(map("port", 8443, "sniHosts", List.of(dice.one(WEB, "*.cluster.local")))),
                                "route",
                                destinations())));
            }
            networking("VirtualService", "shop", "web", spec);
        }
        if (dice.percent(40)) {
            networking(
                    "VirtualService",
                    "pay",
                    "bank",
                    map("hosts", List.of(BANK), "tcp", tcp(dice.one(5000, 8000), false)));
        }
        if (dice.percent(35)) {
            egress();
        } else if (dice.percent(40)) {
            networking(
                    "VirtualService",
                    "pay",
                    "partner",
                    map(
                            "hosts",
                            List.of("partner.test"),
                            "tls",
                            List.of(map(
                                    "match",
                                    List.of(map("port", 443, "sniHosts", List.of("partner.test"))),
                                    "route",
                                    destinations()))));
        }
    }

    /** Calls to the host outside go through the gateway, which sends them on. */
    private void egress() {
        Map<String, Object> plain = server(80, "out", "HTTP", List.of("partner.test"));
        Map<String, Object> passed = server(443, "out-tls", "TLS", List.of("partner.test"));
        passed.put("tls", map("mode", "PASSTHROUGH"));
        networking("Gateway", "edge", "out", map("selector", map("istio", "gate"), "servers", List.of(plain, passed)));
        Map<String, Object> spec = map("hosts", List.of("partner.test"), "gateways", List.of("mesh", "edge/out"));
        spec.put(
                "http",
                List.of(
                        map("match", List.of(map("gateways", List.of("mesh"), "port", 80)), "route", to(GATE, 80)),
                        map(
                                "match",
                                List.of(map("gateways", List.of("edge/out"), "port", 80)),
                                "route",
                                to("partner.test", dice.one(80, 80, 443)))));
        spec.put(
                "tls",
                List.of(
                        map(
                                "match",
                                List.of(map(
                                        "gateways", List.of("mesh"), "port", 443, "sniHosts", List.of("partner.test"))),
                                "route",
                                to(GATE, 443)),
                        map(
                                "match",
                                List.of(map(
                                        "gateways",
                                        List.of("edge/out"),
                                        "port",
                                        443,
                                        "sniHosts",
                                        List.of("partner.test"))),
                                "route",
                                to("partner.test", 443))));
        networking("VirtualService", "pay", "egress", spec);
        if (dice.percent(40)) {
            networking(
                    "DestinationRule",
                    "edge",
                    "gate",
                    map("host", GATE, "trafficPolicy", map("tls", map("mode", dice.one("DISABLE", "ISTIO_MUTUAL")))));
        }
    }

    private static List<Object> to(String host, int port) {
        return List.of(map("destination", map("host", host, "port", map("number", port))));
    }

    private void entries() {
        if (dice.percent(75)) {
            List<Object> ports = new ArrayList<>();
            Map<String, Object> plain = map("number", 80, "name", "http", "protocol", "HTTP");
            if (dice.percent(40)) {
                plain.put("targetPort", 443);
            }
            ports.add(plain);
            ports.add(map("number", 443, "name", "secure", "protocol", dice.one("TLS", "HTTPS", "TCP")));
            entry(
                    "partner",
                    map("hosts", List.of("partner.test"), "resolution", dice.one("DNS", "NONE"), "ports", ports));
        }
        if (dice.percent(50)) {
            entry(
                    "wild",
                    map(
                            "hosts",
                            List.of(dice.one("*.wild.test", "*.wild.test", "a.wild.test")),
                            "resolution",
                            "NONE",
                            "ports",
                            List.of(
                                    map("number", 80, "name", "http", "protocol", "HTTP"),
                                    map("number", 443, "name", "tls", "protocol", dice.one("TLS", "HTTPS")))));
        }
        if (dice.percent(60)) {
            Map<String, Object> database = map(
                    "hosts",
                    List.of("db.test"),
                    "resolution",
                    "STATIC",
                    "ports",
                    List.of(map("number", 5000, "name", "tcp", "protocol", dice.one("TCP", "TCP", "TLS"))),
                    "endpoints",
                    List.of(map("address", "192.0.2.10"), map("address", "192.0.2.11", "ports", map("tcp", 5001))));
            if (dice.percent(50)) {
                database.put("addresses", List.of("198.18.7.7"));
            }
            entry("database", database);
        }
    }

    private void entry(String name, Map<String, Object> spec) {
        spec.put("location", "MESH_EXTERNAL");
        spec.put("exportTo", dice.one(List.of("*"), List.of("*"), List.of("."), List.of("shop", "edge")));
        networking("ServiceEntry", dice.one("shop", "pay"), name, spec);
    }

    private void rules() {
        rule("shop", "web", WEB, 8443);
        rule("pay", "bank", BANK, 5000);
        if (dice.percent(50)) {
            networking(
                    "DestinationRule",
                    dice.one("shop", "pay"),
                    "partner",
                    map(
                            "host",
                            "partner.test",
                            "trafficPolicy",
                            dice.percent(50)
                                    ? map("tls", map("mode", "SIMPLE"))
                                    : map(
                                            "portLevelSettings",
                                            List.of(map(
                                                    "port",
                                                    map("number", dice.one(80, 443)),
                                                    "tls",
                                                    map("mode", dice.one("SIMPLE", "DISABLE")))))));
        }
        if (dice.percent(25)) {
            networking(
                    "DestinationRule",
                    "pay",
                    "database",
                    map("host", "db.test", "trafficPolicy", map("tls", map("mode", "SIMPLE"))));
        }
    }

    private void rule(String namespace, String name, String host, int port) {
        List<Object> subsets = new ArrayList<>();
        for (String version : List.of("v1", "v2")) {
            Map<String, Object> subset = map("name", version, "labels", map("version", version));
            if (dice.percent(10)) {
                subset.put("trafficPolicy", map("tls", map("mode", mode())));
            }
            subsets.add(subset);
        }
        subsets.add(map("name", "none", "labels", map("version", "v9")));
        Map<String, Object> spec = map("host", host, "subsets", subsets);
        if (dice.percent(35)) {
            spec.put(
                    "trafficPolicy",
                    dice.percent(50)
                            ? map("tls", map("mode", mode()))
                            : map(
                                    "portLevelSettings",
                                    List.of(map("port", map("number", port), "tls", map("mode", mode())))));
        }
        networking("DestinationRule", namespace, name, spec);
    }

    private String mode() {
        return dice.one("ISTIO_MUTUAL", "DISABLE", "DISABLE");
    }

    private void scopes() {
        for (String namespace : List.of("shop", "pay")) {
            if (dice.percent(30)) {
                Map<String, Object> spec =
                        map("outboundTrafficPolicy", map("mode", dice.one("ALLOW_ANY", "REGISTRY_ONLY")));
                if (dice.percent(50)) {
                    spec.put(
                            "egress",
                            List.of(map(
                                    "hosts",
                                    dice.one(
                                            List.of("./*"),
                                            List.of("*/partner.test", "./*"),
                                            List.of("shop/*", "pay/*")))));
                }
                networking("Sidecar", namespace, "default", spec);
            }
        }
    }

    private void policies() {
        if (dice.percent(60)) {
            Map<String, Object> spec = map("mtls", map("mode", dice.one("STRICT", "PERMISSIVE", "DISABLE")));
            if (dice.percent(40)) {
                spec.put("selector", map("matchLabels", map("app", "web")));
                spec.put(
                        "portLevelMtls",
                        map(
                                dice.one("9000", "8443", "8080"),
                                map("mode", dice.one("STRICT", "PERMISSIVE", "DISABLE"))));
            }
            objects.add(SECURITY, "PeerAuthentication", "shop", "peers", spec);
        }
        int count = dice.one(0, 1, 1);
        for (int index = 0; index < count; index++) {
            String namespace = dice.one("shop", "pay", "edge");
            objects.add(
                    SECURITY,
                    "AuthorizationPolicy",
                    namespace,
                    "p",
                    map("action", dice.one("ALLOW", "DENY"), "rules", policyRules()));
        }
    }

    private List<Object> policyRules() {
        List<Object> rules = new ArrayList<>();
        int count = dice.between(1, 2);
        for (int index = 0; index < count; index++) {
            rules.add(dice.one(
                    map("to", List.of(map("operation", map("ports", List.of(dice.one("9000", "8443", "5000")))))),
                    map("from", List.of(map("source", map("namespaces", List.of(dice.one("shop", "pay", "edge")))))),
                    map("from", List.of(map("source", map("principals", List.of(dice.one("*", "*/sa/cart")))))),
                    map(
                            "when",
                            List.of(map(
                                    "key",
                                    "connection.sni",
                                    "values",
                                    List.of(dice.one("*.example.org", "outbound_*"))))),
                    map(
                            "to",
                            List.of(map(
                                    "operation", map("methods", List.of("GET"), "ports", List.of("9000", "8080"))))),
                    map("from", List.of(map("source", map("ipBlocks", List.of("198.51.100.0/24")))))));
        }
        return rules;
    }
}
