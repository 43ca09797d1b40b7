package io.meshwright.rehearsal.tunnel.drawn;

import static io.meshwright.rehearsal.tunnel.drawn.DrawnObjects.map;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Draws rules of HTTPRoutes of a namespace. */
final class HttpRouteDice {
    private final Dice dice;
    private final String namespace;

    HttpRouteDice(Dice dice, String namespace) {
        this.dice = dice;
        this.namespace = namespace;
    }

    List<Object> rules() {
        List<Object> rules = new ArrayList<>();
        int count = dice.between(1, 3);
        for (int index = 0; index < count; index++) {
            rules.add(rule());
        }
        return rules;
    }

    private Map<String, Object> rule() {
        Map<String, Object> rule = map();
        List<Object> matches = matches();
        if (!matches.isEmpty()) {
            rule.put("matches", matches);
        }
        int kind = dice.between(0, 99);
        if (kind < 12) {
            rule.put(
                    "filters",
                    List.of(map("type", "RequestRedirect", "requestRedirect", redirect(isOnePrefix(matches)))));
            return rule;
        }
        List<Object> filters = filters(isOnePrefix(matches));
        if (!filters.isEmpty()) {
            rule.put("filters", filters);
        }
        if (kind < 95) {
            rule.put("backendRefs", backends());
        }
        return rule;
    }

    /** What a prefix that is replaced asks for. */
    private static boolean isOnePrefix(List<Object> matches) {
        return matches.size() == 1 && matches.get(0).toString().contains("PathPrefix");
    }

    private List<Object> matches() {
        List<Object> matches = new ArrayList<>();
        int count = dice.one(0, 1, 1, 1, 2);
        for (int index = 0; index < count; index++) {
            matches.add(match());
        }
        return matches;
    }

    private Map<String, Object> match() {
        Map<String, Object> match = map();
        if (dice.percent(80)) {
            match.put("path", path());
        }
        if (dice.percent(25)) {
            match.put(
                    "headers",
                    List.of(dice.one(
                            map("name", "X-User", "value", "alice"),
                            map("type", "RegularExpression", "name", "x-user", "value", "al.*|bob"))));
        }
        if (dice.percent(15)) {
            match.put("method", dice.one("GET", "POST"));
        }
        if (dice.percent(10)) {
            match.put("queryParams", List.of(map("name", "page", "value", "1")));
        }
        if (match.isEmpty()) {
            match.put("path", map("type", "PathPrefix", "value", "/img"));
        }
        return match;
    }

    private Map<String, Object> path() {
        return dice.one(
                map("type", "PathPrefix", "value", "/"),
                map("type", "PathPrefix", "value", "/api"),
                map("type", "PathPrefix", "value", "/api/"),
                map("type", "PathPrefix", "value", "/img"),
                map("type", "PathPrefix", "value", "/api/v1"),
                map("type", "Exact", "value", "/api"),
                map("type", "Exact", "value", "/api/v1"),
                map("type", "RegularExpression", "value", "/img/.*\\.png"),
                map("value", "/a"));
    }

    private Map<String, Object> redirect(boolean onePrefix) {
        Map<String, Object> redirect = map();
        if (dice.percent(50)) {
            redirect.put("hostname", "other.example.org");
        }
        if (dice.percent(40)) {
            redirect.put("scheme", dice.one("http", "https"));
        }
        if (dice.percent(20)) {
            redirect.put("port", dice.one(80, 443, 8443));
        }
        if (dice.percent(50)) {
            redirect.put("statusCode", dice.one(301, 302));
        }
        if (dice.percent(50) || redirect.isEmpty()) {
            redirect.put("path", changed(onePrefix));
        }
        return redirect;
    }

    private Map<String, Object> changed(boolean onePrefix) {
        return onePrefix && dice.percent(60)
                ? map("type", "ReplacePrefixMatch", "replacePrefixMatch", dice.one("/", "/new", "/new/", "/v9/x"))
                : map("type", "ReplaceFullPath", "replaceFullPath", dice.one("/moved", "/"));
    }

    private List<Object> filters(boolean onePrefix) {
        List<Object> filters = new ArrayList<>();
        if (dice.percent(30)) {
            Map<String, Object> rewrite = map();
            if (dice.percent(70)) {
                rewrite.put("path", changed(onePrefix));
            }
            if (rewrite.isEmpty() || dice.percent(30)) {
                rewrite.put("hostname", "inner.test");
            }
            filters.add(map("type", "URLRewrite", "urlRewrite", rewrite));
        }
        if (dice.percent(20)) {
            filters.add(changesHeaders());
        }
        if (dice.percent(15)) {
            filters.add(map(
                    "type",
                    "ResponseHeaderModifier",
                    "responseHeaderModifier",
                    map("set", List.of(map("name", "x-answered", "value", "yes")))));
        }
        return filters;
    }

    private Map<String, Object> changesHeaders() {
        return map(
                "type",
                "RequestHeaderModifier",
                "requestHeaderModifier",
                dice.one(
                        map("set", List.of(map("name", "x-user", "value", "bob"))),
                        map("add", List.of(map("name", "X-User", "value", "carol"))),
                        map("remove", List.of("x-user"))));
    }

    private List<Object> backends() {
        List<Object> backends = new ArrayList<>();
        int count = dice.one(1, 1, 1, 2, 2, 3);
        for (int index = 0; index < count; index++) {
            Map<String, Object> backend = backend();
            if (dice.percent(50)) {
                backend.put("weight", dice.one(0, 1, 1, 3, 20));
            }
            backends.add(backend);
        }
        return backends;
    }

    private Map<String, Object> backend() {
        String home = dice.percent(80) && !namespace.equals("edge") ? namespace : dice.one("shop", "pay");
        Map<String, Object> backend = home.equals("pay")
                ? map("name", "bank", "port", dice.one(8000, 8000, 8002))
                : dice.one(
                        map("name", "web", "port", 80),
                        map("name", "web", "port", 80),
                        map("name", "cart", "port", 80),
                        map("name", "web", "port", 81),
                        map("name", "absent", "port", 80));
        if (!home.equals(namespace)) {
            backend.put("namespace", home);
        }
        if (dice.percent(12)) {
            backend.put("filters", List.of(changesHeaders()));
        }
        return backend;
    }
}
