package io.meshwright.rehearsal.tunnel.drawn;

import static io.meshwright.rehearsal.tunnel.drawn.DrawnObjects.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws AuthorizationPolicies. */
final class PolicyDice {
    private final Dice dice;

    PolicyDice(Dice dice) {
        this.dice = dice;
    }

    Map<String, Object> spec(String namespace) {
        boolean denies = dice.percent(50);
        Map<String, Object> spec = map("action", denies ? "DENY" : "ALLOW");
        if (namespace.equals("shop") && dice.percent(50)) {
            spec.put("selector", map("matchLabels", map("app", "web")));
        } else if (namespace.equals("edge") && dice.percent(20)) {
            spec.put("selector", map("matchLabels", map("istio", dice.one("gate", "gate", "other"))));
        }
        List<Object> rules = new ArrayList<>();
        int count = dice.between(denies ? 1 : 2, 3);
        for (int index = 0; index < count; index++) {
            rules.add(rule());
        }
        if (!denies && dice.percent(60)) {
            rules.add(map(
                    "to", List.of(map("operation", map("paths", List.of(dice.one("/api*", "/img/*", "*.png", "/")))))));
        }
        spec.put("rules", rules);
        return spec;
    }

    private Map<String, Object> rule() {
        Map<String, Object> rule = map();
        if (dice.percent(60)) {
            rule.put("from", List.of(map("source", source())));
        }
        if (dice.percent(60) || rule.isEmpty()) {
            rule.put("to", List.of(map("operation", operation())));
        }
        if (dice.percent(40)) {
            rule.put("when", List.of(condition()));
        }
        return rule;
    }

    private Map<String, Object> source() {
        return dice.one(
                map(
                        "principals",
                        List.of(dice.one(
                                "cluster.local/ns/shop/sa/web", "cluster.local/ns/edge/sa/gate", "*/sa/bank", "*"))),
                map(
                        "notPrincipals",
                        List.of(dice.one("cluster.local/ns/shop/sa/cart", "cluster.local/ns/edge/sa/gate"))),
                map("namespaces", List.of(dice.one("shop", "pay", "edge"))),
                map("notNamespaces", List.of(dice.one("pay", "edge"))),
                map("remoteIpBlocks", List.of("198.51.100.0/24")),
                map("notRemoteIpBlocks", List.of("198.51.100.7", "10.0.0.0/8")),
                map("serviceAccounts", List.of(dice.one("shop/web", "edge/gate", "bank"))),
                map("notServiceAccounts", List.of(dice.one("shop/cart", "pay/bank"))),
                map("namespaces", List.of("s*", "edge"), "notPrincipals", List.of("*/sa/cart")),
                map("notRequestPrincipals", List.of(dice.one("*", "https://other.test/*"))),
                map("requestPrincipals", List.of(dice.one("*", GeneratedMesh.ISSUER.concat("/alice")))));
    }

    private Map<String, Object> operation() {
        return dice.one(
                map("paths", List.of(dice.one("/api*", "/api/v1", "/img/*", "*.png", "/Api"))),
                map("notPaths", List.of(dice.one("/api*", "/img/*"))),
                map("methods", List.of(dice.one("GET", "POST"))),
                map("notMethods", List.of("GET")),
                map("hosts", List.of(dice.one("shop.example.org", "*.example.org", "web.shop*", "bank*"))),
                map("ports", List.of(dice.one("8080", "8000", "9000"))),
                map("methods", List.of("GET"), "paths", List.of("/api*")),
                map(
                        "paths",
                        List.of(dice.one(
                                "/api/{*}", "/{**}/x", "/img/{*}", "/{*}/v1", "/api/{**}", "/api/v1*", "*/v1", "*"))),
                map("notHosts", List.of(dice.one("shop.example.org", "web*", "*.svc.cluster.local"))),
                map("notPorts", List.of(dice.one("8080", "8000"))),
                map("hosts", List.of("SHOP.example.org", "web.shop"), "notMethods", List.of("PO*")),
                map("hosts", List.of(dice.one("web.shop:80", "*", "shop.example.org:*", "*.local"))),
                map("notPaths", List.of("/api", "/img/*"), "methods", List.of(dice.one("*", "P*", "*T"))));
    }

    private Map<String, Object> condition() {
        return dice.one(
                map("key", "request.headers[x-user]", "values", List.of(dice.one("alice", "al*", "*"))),
                map("key", "request.headers[x-user]", "notValues", List.of("bob")),
                map("key", "request.headers[cookie]", "values", List.of(dice.one("*alice", "user=*", "*"))),
                map("key", "request.headers[x-forwarded-proto]", "values", List.of(dice.one("https", "http"))),
                map(
                        "key",
                        "request.headers[x-forwarded-for]",
                        "values",
                        List.of(dice.one("198.51.100.7", "*203.0.113.9", "*"))),
                map("key", "source.ip", "notValues", List.of("198.51.100.0/24")),
                map("key", "destination.ip", "notValues", List.of("192.0.2.0/24")),
                map("key", "connection.sni", "notValues", List.of("*.example.org")),
                map("key", "request.auth.audiences", "notValues", List.of("shop")),
                map("key", "request.auth.claims[role]", "values", List.of("admin")),
                map("key", "request.auth.claims[role]", "notValues", List.of("us*")),
                map("key", "request.auth.principal", "values", List.of(GeneratedMesh.ISSUER.concat("/a*"))),
                map("key", "request.headers[x-user]", "values", List.of("a*"), "notValues", List.of("albert")),
                map("key", "source.principal", "notValues", List.of("cluster.local/ns/edge/*")),
                map("key", "remote.ip", "values", List.of("203.0.113.0/24")),
                map("key", "request.headers[User-Agent]", "notValues", List.of("*bot*")),
                map("key", "source.namespace", "values", List.of("shop")),
                map("key", "destination.port", "values", List.of("8080")));
    }
}
