package io.meshwright.rehearsal.tunnel.drawn;

import static io.meshwright.rehearsal.tunnel.drawn.DrawnObjects.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Objects for the fleet of fleet.yaml that decide who knows what, drawn by a seed: Sidecars with listeners of their
 * own, Services of every kind, entries that select pods or name virtual machines, and a few routes over them.
 */
public final class ScopeMesh {
    private static final String NETWORKING = "networking.istio.io/v1";
    private static final String WEB = "web.shop.svc.cluster.local";
    private static final String BANK = "bank.pay.svc.cluster.local";
    private static final String EXPORT = "networking.istio.io/exportTo";

    private final Dice dice;
    private final DrawnObjects objects = new DrawnObjects();

    private ScopeMesh(Dice dice) {
        this.dice = dice;
    }

    /** The objects as one text of JSON documents, which YAML is too. */
    public static String of(long seed) {
        ScopeMesh mesh = new ScopeMesh(new Dice(seed));
        mesh.services();
        mesh.entries();
        mesh.routes();
        mesh.rules();
        mesh.sidecars();
        mesh.policies();
        return mesh.objects.text();
    }

    private void networking(String kind, String namespace, String name, Map<String, Object> spec) {
        objects.add(NETWORKING, kind, namespace, name, spec);
    }

    private void services() {
        if (dice.percent(85)) {
            service(
                    "alias",
                    map(
                            "type",
                            "ExternalName",
                            "externalName",
                            dice.one(WEB, WEB, BANK, "partner.test"),
                            "ports",
                            List.of(map("name", dice.one("http", "tcp"), "port", dice.one(80, 80, 8000)))));
        }
        if (dice.percent(80)) {
            Map<String, Object> port = map("name", dice.one("http", "http", "tcp", "any"), "port", 8080);
            service("pods", map("clusterIP", "None", "selector", map("app", "web"), "ports", List.of(port)));
        }
        if (dice.percent(80)) {
            Map<String, Object> port = map("port", dice.one(81, 8000), "targetPort", dice.one(8080, 8080, 7070));
            if (dice.percent(60)) {
                port.put("name", dice.one("http", "http-more", "tcp", "https", "web"));
            }
            if (dice.percent(40)) {
                port.put("appProtocol", dice.one("http", "tcp", "https", "kubernetes.io/ws"));
            }
            service("more", map("selector", map("app", dice.one("web", "cart")), "ports", List.of(port)));
        }
        if (dice.percent(75)) {
            service(
                    "empty",
                    map(
                            "selector",
                            map("app", "nobody"),
                            "ports",
                            List.of(map("name", dice.one("http", "tcp"), "port", 80))));
        }
    }

    private void service(String name, Map<String, Object> spec) {
        Map<String, Object> metadata = map("name", name, "namespace", "shop");
        if (dice.percent(30)) {
            metadata.put("annotations", map(EXPORT, dice.one(".", "pay", "*", "shop,edge")));
        }
        objects.add("v1", "Service", metadata, spec);
    }

    private void entries() {
        if (dice.percent(60)) {
            Map<String, Object> spec = map(
                    "hosts",
                    List.of("inner.test"),
                    "location",
                    dice.one("MESH_INTERNAL", "MESH_INTERNAL", "MESH_EXTERNAL"),
                    "resolution",
                    "STATIC",
                    "ports",
                    List.of(map(
                            "number",
                            80,
                            "name",
                            "http",
                            "protocol",
                            dice.one("HTTP", "HTTP", "TCP"),
                            "targetPort",
                            8080)),
                    "workloadSelector",
                    map("labels", map("app", dice.one("cart", "web"))));
            if (dice.percent(60)) {
                spec.put("addresses", List.of("198.18.9.1"));
            }
            networking("ServiceEntry", "shop", "inner", exported(spec));
        }
        if (dice.percent(50)) {
            machines();
        }
        if (dice.percent(50)) {
            Map<String, Object> spec = map(
                    "hosts",
                    List.of("partner.test"),
                    "location",
                    "MESH_EXTERNAL",
                    "resolution",
                    dice.one("DNS", "DNS_ROUND_ROBIN", "NONE"),
                    "ports",
                    List.of(
                            map("number", 80, "name", "http", "protocol", "HTTP"),
                            map("number", 8000, "name", "more", "protocol", dice.one("HTTP", "TCP", "HTTP"))));
            if (dice.percent(30) && !spec.get("resolution").equals("NONE")) {
                spec.put("endpoints", List.of(map("address", "behind.test", "ports", map("http", 8080))));
            }
            networking("ServiceEntry", dice.one("shop", "pay"), "partner", exported(spec));
        }
        if (dice.percent(40)) {
            networking(
                    "ServiceEntry",
                    dice.one("shop", "pay"),
                    "wild",
                    exported(map(
                            "hosts",
                            List.of(dice.one("*.wild.test", "*.a.wild.test", "*.test")),
                            "location",
                            "MESH_EXTERNAL",
                            "resolution",
                            "NONE",
                            "ports",
                            List.of(map("number", 80, "name", "http", "protocol", "HTTP")))));
        }
        if (dice.percent(30)) {
            networking(
                    "ServiceEntry",
                    "pay",
                    "second",
                    exported(map(
                            "hosts",
                            List.of(dice.one("partner.test", "inner.test", WEB)),
                            "location",
                            "MESH_EXTERNAL",
                            "resolution",
                            "STATIC",
                            "ports",
                            List.of(map("number", dice.one(80, 8000), "name", "http", "protocol", "HTTP")),
                            "endpoints",
                            List.of(map("address", "192.0.2.40")))));
        }
    }

    /** Virtual machines, of which one has a proxy's account. */
    private void machines() {
        for (String name : List.of("one", "two")) {
            Map<String, Object> spec = map(
                    "address", name.equals("one") ? "192.0.2.20" : "192.0.2.21", "labels", map("app", "vm", "n", name));
            if (dice.percent(25)) {
                spec.put("ports", map("http", 9090));
            }
            networking("WorkloadEntry", "pay", name, spec);
        }
        networking(
                "ServiceEntry",
                "pay",
                "machines",
                exported(map(
                        "hosts",
                        List.of("vm.test"),
                        "location",
                        dice.one("MESH_INTERNAL", "MESH_EXTERNAL"),
                        "resolution",
                        dice.one("STATIC", "STATIC", "DNS"),
                        "addresses",
                        List.of("198.18.9.2"),
                        "ports",
                        List.of(map("number", 80, "name", "http", "protocol", dice.one("HTTP", "TCP"))),
                        "workloadSelector",
                        map("labels", dice.one(map("app", "vm"), map("app", "vm", "n", "one"), map("app", "none"))))));
    }

    private Map<String, Object> exported(Map<String, Object> spec) {
        if (dice.percent(40)) {
            spec.put("exportTo", dice.one(List.of("."), List.of("*"), List.of("shop"), List.of("pay", "edge")));
        }
        return spec;
    }

    private void routes() {
        for (String host :
                List.of(WEB, BANK, "inner.test", "partner.test", "vm.test", "alias.shop.svc.cluster.local")) {
            if (dice.percent(70)) {
                continue;
            }
            String namespace = dice.one("shop", "pay");
            Map<String, Object> spec = map("hosts", List.of(host), "http", List.of(route(true), route(false)));
            if (dice.percent(30)) {
                spec.put("tcp", List.of(map("route", destinations())));
            }
            if (dice.percent(25)) {
                spec.put("exportTo", dice.one(List.of("."), List.of("shop"), List.of("pay")));
            }
            networking("VirtualService", namespace, "v-%s".formatted(host.replace('.', '-')), spec);
        }
    }

    private Map<String, Object> route(boolean matches) {
        Map<String, Object> route = map();
        if (matches) {
            route.put("match", List.of(map("uri", map("prefix", dice.one("/api", "/img/", "/old")))));
        }
        route.put("route", destinations());
        return route;
    }

    private List<Object> destinations() {
        Map<String, Object> destination = dice.one(
                map("host", WEB, "port", map("number", dice.one(80, 80, 7070, 9000))),
                map("host", BANK, "port", map("number", dice.one(8000, 8000, 8002, 5000))),
                map("host", "inner.test"),
                map("host", "partner.test", "port", map("number", dice.one(80, 8000))),
                map("host", "vm.test"),
                map("host", "alias.shop.svc.cluster.local", "port", map("number", dice.one(80, 8000))),
                map("host", "pods.shop.svc.cluster.local", "port", map("number", 8080)),
                map("host", "empty.shop.svc.cluster.local"));
        if (dice.percent(20)) {
            destination.put("subset", dice.one("v1", "v2"));
        }
        return List.of(map("destination", destination));
    }

    private void rules() {
        for (String host : List.of(WEB, BANK, "inner.test", "vm.test", "partner.test")) {
            if (dice.percent(50)) {
                continue;
            }
            Map<String, Object> spec = map("host", host);
            if (dice.percent(70)) {
                spec.put(
                        "subsets",
                        List.of(
                                map("name", "v1", "labels", map("version", "v1")),
                                map("name", "v2", "labels", map("version", "v2"))));
            }
            if (dice.percent(30)) {
                spec.put(
                        "trafficPolicy",
                        map("tls", map("mode", dice.one("ISTIO_MUTUAL", "ISTIO_MUTUAL", "DISABLE", "SIMPLE"))));
            }
            networking("DestinationRule", dice.one("shop", "pay"), "d-%s".formatted(host.replace('.', '-')), spec);
        }
    }

    private void sidecars() {
        if (dice.percent(25)) {
            networking("Sidecar", "istio-system", "default", sidecar(List.of()));
        }
        if (dice.percent(60)) {
            networking("Sidecar", "shop", "default", sidecar(List.of()));
        }
        if (dice.percent(40)) {
            Map<String, Object> spec = sidecar(List.of(8080, 9000, 7070));
            spec.put("workloadSelector", map("labels", map("app", "web")));
            networking("Sidecar", "shop", "web", spec);
        }
        if (dice.percent(50)) {
            Map<String, Object> spec = sidecar(List.of(8000, 5000));
            if (dice.percent(50)) {
                spec.put("workloadSelector", map("labels", map("app", "bank")));
            }
            networking("Sidecar", "pay", "default", spec);
        }
    }

    private Map<String, Object> sidecar(List<Integer> ports) {
        Map<String, Object> spec = map();
        if (!ports.isEmpty() && dice.percent(60)) {
            List<Object> ingress = new ArrayList<>();
            for (int port : ports) {
                if (dice.percent(65)) {
                    ingress.add(ingress(port));
                }
            }
            if (!ingress.isEmpty()) {
                spec.put("ingress", ingress);
            }
        }
        if (spec.isEmpty() || dice.percent(80)) {
            spec.put("egress", egress());
        }
        if (dice.percent(50)) {
            spec.put("outboundTrafficPolicy", map("mode", dice.one("REGISTRY_ONLY", "ALLOW_ANY")));
        }
        return spec;
    }

    private Map<String, Object> ingress(int port) {
        String protocol =
                port == 5000 || port == 9000 ? dice.one("TCP", "TCP", "HTTP") : dice.one("HTTP", "HTTP", "TCP");
        Map<String, Object> listener =
                map("port", map("number", port, "name", "p%d".formatted(port), "protocol", protocol));
        if (dice.percent(60)) {
            listener.put(
                    "defaultEndpoint", dice.one("127.0.0.1:%d", "0.0.0.0:%d").formatted(port));
        }
        return listener;
    }

    private List<Object> egress() {
        List<Object> listeners = new ArrayList<>();
        if (dice.percent(35)) {
            listeners.add(map(
                    "port",
                    map(
                            "number",
                            dice.one(80, 80, 8000, 81),
                            "name",
                            "egress",
                            "protocol",
                            dice.one("HTTP", "HTTP", "TCP")),
                    "hosts",
                    hosts()));
        }
        if (dice.percent(20)) {
            listeners.add(map(
                    "port",
                    map("number", dice.one(5000, 9000), "name", "bytes", "protocol", dice.one("TCP", "HTTP")),
                    "hosts",
                    hosts()));
        }
        if (listeners.isEmpty() || dice.percent(70)) {
            listeners.add(map("hosts", hosts()));
        }
        return listeners;
    }

    private List<String> hosts() {
        return dice.one(
                List.of("./*"),
                List.of("*/*"),
                List.of("./*", "istio-system/*"),
                List.of("shop/*", "pay/*"),
                List.of("*/".concat(WEB)),
                List.of("*/".concat(BANK), "./*"),
                List.of("pay/*", "~/*"),
                List.of("*/*.test"),
                List.of("./partner.test", "*/*.svc.cluster.local"),
                List.of("*/alias.shop.svc.cluster.local", "shop/inner.test"),
                List.of("~/*"));
    }

    private void policies() {
        if (dice.percent(40)) {
            Map<String, Object> spec = map("mtls", map("mode", dice.one("STRICT", "PERMISSIVE", "DISABLE")));
            if (dice.percent(60)) {
                spec.put("selector", map("matchLabels", map("app", dice.one("web", "cart"))));
                spec.put("portLevelMtls", map("8080", map("mode", dice.one("STRICT", "DISABLE", "UNSET"))));
            }
            objects.add("security.istio.io/v1", "PeerAuthentication", "shop", "p", spec);
        }
        if (dice.percent(30)) {
            objects.add("security.istio.io/v1", "AuthorizationPolicy", "shop", "a", new PolicyDice(dice).spec("shop"));
        }
    }
}
