package io.meshwright.rehearsal.tunnel.drawn;

import static io.meshwright.rehearsal.tunnel.drawn.DrawnObjects.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws HTTP routes of a VirtualService. */
final class RouteDice {
    private final Dice dice;
    private final String namespace;
    private final boolean inMesh;

    RouteDice(Dice dice, String namespace, boolean inMesh) {
        this.dice = dice;
        this.namespace = namespace;
        this.inMesh = inMesh;
    }

    Map<String, Object> route(String name, boolean catchesAll) {
        Map<String, Object> route = map("name", name);
        if (!catchesAll) {
            List<Object> matches = new ArrayList<>();
            int count = dice.between(1, 2);
            for (int index = 0; index < count; index++) {
                matches.add(match());
            }
            route.put("match", matches);
        }
        int kind = dice.between(0, 99);
        if (kind < 7) {
            route.put("redirect", redirect());
        } else if (kind < 12) {
            route.put("directResponse", map("status", dice.one(200, 418, 503), "body", map("string", "no")));
        } else {
            destinations(route);
        }
        if (dice.percent(15)) {
            route.put("corsPolicy", cors());
        }
        return route;
    }

    private Map<String, Object> match() {
        Map<String, Object> match = map();
        if (dice.percent(80)) {
            match.put("uri", uri());
            if (dice.percent(15)) {
                match.put("ignoreUriCase", true);
            }
        }
        if (dice.percent(25)) {
            match.put(
                    "headers",
                    dice.percent(60)
                            ? map("x-user", text("alice", "al", "al.*|bob"))
                            : dice.one(
                                    map("x-user", map()),
                                    map("X-User", text("alice", "A", "[a-z]+")),
                                    map("cookie", text("user=alice", "user=", "^(.*?;)?\\s*(user=alice)(;.*)?$")),
                                    map("x-user", map("regex", "al.*"), "cookie", map("regex", ".*dark.*")),
                                    map("x-forwarded-proto", map("exact", "https"))));
        }
        if (dice.percent(12)) {
            match.put(
                    "withoutHeaders",
                    dice.percent(70)
                            ? map("x-user", text("bob", "b", "b.b"))
                            : dice.one(map("x-user", map()), map("cookie", map("regex", ".*alice.*"))));
        }
        if (dice.percent(15)) {
            match.put("method", text(dice.one("GET", "POST"), "P", "GET|HEAD"));
        }
        if (dice.percent(10)) {
            match.put(
                    "queryParams",
                    map(
                            "page",
                            dice.one(map("exact", "1"), map("prefix", "1"), map("regex", "[0-9]+"), map("exact", ""))));
        }
        if (!inMesh && dice.percent(8)) {
            match.put("headers", map("@request.auth.claims.role", map("exact", dice.one("admin", "user"))));
        }
        if (inMesh && dice.percent(15)) {
            match.put("sourceLabels", map("app", dice.one("web", "cart", "bank")));
        }
        if (dice.percent(10)) {
            match.put(
                    "authority",
                    text(inMesh ? "web.shop" : "shop.example.org", inMesh ? "web" : "shop", ".*example.*"));
        }
        if (dice.percent(8)) {
            match.put("scheme", map("exact", dice.one("http", "https")));
        }
        if (dice.percent(8)) {
            match.put("port", dice.one(80, 80, 8000, 443));
        }
        if (inMesh && dice.percent(8)) {
            match.put("sourceNamespace", dice.one("shop", "pay"));
        }
        if (!inMesh && dice.percent(8)) {
            match.put("gateways", List.of(dice.one("edge/public", "mesh")));
        }
        if (match.isEmpty()) {
            match.put("uri", map("prefix", "/img"));
        }
        return match;
    }

    private Map<String, Object> uri() {
        return dice.one(
                map("prefix", "/api"),
                map("prefix", "/api/"),
                map("exact", "/api"),
                map("exact", "/api/v1"),
                map("prefix", "/img/"),
                map("regex", "/img/.*\\.png"),
                map("prefix", "/a"),
                map("regex", "/(api|old).*"),
                map("prefix", "/old"),
                map("prefix", "/api/v1/"),
                map("exact", "/api/v1/"),
                map("regex", "/api/[^/]+"),
                map("prefix", "/"));
    }

    private Map<String, Object> text(String exact, String prefix, String regex) {
        return dice.one(map("exact", exact), map("prefix", prefix), map("regex", regex));
    }

    private Map<String, Object> redirect() {
        Map<String, Object> redirect = map("uri", "/moved");
        if (dice.percent(50)) {
            redirect.put("authority", "other.example.org");
        }
        if (dice.percent(50)) {
            redirect.put("redirectCode", 302);
        }
        return redirect;
    }

    private void destinations(Map<String, Object> route) {
        List<Object> destinations = new ArrayList<>();
        if (dice.percent(30)) {
            int weight = dice.one(10, 50, 80);
            destinations.add(with(destination("v1"), "weight", weight));
            destinations.add(with(destination("v2"), "weight", 100 - weight));
        } else {
            destinations.add(
                    destination(dice.one("", "", "", "", "v1", "v1", "v1", "v2", "v2", "v2", "v2", "none", "absent")));
        }
        route.put("route", destinations);
        if (dice.percent(25)) {
            route.put(
                    "rewrite",
                    dice.one(
                            map("uri", "/new"),
                            map("authority", "inner.test"),
                            map("uri", "/"),
                            map("uri", "/api/v1"),
                            map("uri", "/new/", "authority", "web.shop"),
                            regexRewrite()));
        }
        if (dice.percent(12)) {
            route.put(
                    "fault", map("abort", map("httpStatus", dice.one(500, 503, 429), "percentage", map("value", 100))));
        }
        if (dice.percent(15)) {
            route.put("headers", map("request", headers()));
        }
        if (dice.percent(8)) {
            route.put("mirror", map("host", "cart.shop.svc.cluster.local", "port", map("number", 80)));
        }
        if (dice.percent(10)) {
            route.put("timeout", "20s");
        }
        if (dice.percent(10)) {
            route.put("retries", map("attempts", dice.one(0, 1), "retryOn", "503"));
        }
    }

    private static Map<String, Object> regexRewrite() {
        return map("uriRegexRewrite", map("match", "^/api(/?.*)$", "rewrite", "/v9\\1"));
    }

    private Map<String, Object> destination(String subset) {
        boolean shop = dice.percent(namespace.equals("shop") ? 85 : 15);
        Map<String, Object> destination = shop
                ? map("host", "web.shop.svc.cluster.local", "port", map("number", 80))
                : map("host", "bank.pay.svc.cluster.local", "port", map("number", dice.one(8000, 8000, 8002)));
        if (!subset.isEmpty()) {
            destination.put("subset", subset);
        } else if (dice.percent(10)) {
            destination.put("host", dice.one("cart.shop.svc.cluster.local", "absent.shop.svc.cluster.local"));
            destination.put("port", map("number", 80));
        }
        Map<String, Object> entry = map("destination", destination);
        if (dice.percent(12)) {
            entry.put("headers", map("request", headers()));
        }
        return entry;
    }

    private Map<String, Object> headers() {
        return dice.one(
                map("set", map("x-user", "bob")),
                map("add", map("X-User", "carol")),
                map("remove", List.of("x-user")),
                map("set", map("Host", "set.test"), "remove", List.of("x-user")),
                map("remove", List.of("x-user"), "add", map("x-user", "alice")));
    }

    private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
        map.put(key, value);
        return map;
    }

    private Map<String, Object> cors() {
        return map(
                "allowOrigins",
                List.of(dice.one(
                        map("exact", "https://page.test"),
                        map("regex", "https://.*\\.test"),
                        map("prefix", "https://page"))),
                "allowMethods",
                List.of("GET", "POST"));
    }
}
