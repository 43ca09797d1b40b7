package io.meshwright.rehearsal.tunnel.drawn;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.trace.request.Request;
import java.util.List;
import java.util.stream.Stream;

/** Draws requests of the fleet's callers and of clients outside. */
public final class RequestDice {
    private static final List<String> OUTSIDE = List.of(
            "http://shop.example.org",
            "http://shop.example.org",
            "http://shop.example.org",
            "http://www.example.org",
            "http://pay.example.com",
            "http://nobody.test",
            "https://shop.example.org",
            "https://pay.example.com");
    private static final List<String> INSIDE = List.of(
            "http://web.shop",
            "http://web.shop",
            "http://web.shop",
            "http://web.shop.svc.cluster.local",
            "http://bank.pay:8000",
            "http://bank.pay:8000",
            "http://bank.pay:8002",
            "http://cart.shop",
            "http://old.legacy",
            "http://web.shop:7070",
            "http://web-pods.shop:8080",
            "http://shop.example.org",
            "http://partner.test",
            "http://fixed.test",
            "http://unknown.test");
    private static final List<String> BYTES =
            List.of("tcp://web.shop:9000", "tls://partner.test:443", "tcp://web.shop:9000");
    /** Paths as scanners, old clients and frameworks write them. */
    private static final List<String> ODD_PATHS = List.of(
            "/api//v1",
            "//api",
            "/api/./v1",
            "/img/../api/v1",
            "/api/%2e%2e/img/a.png",
            "/api%2Fv1",
            "/api%2fv1/x",
            "/%61pi/v1",
            "/api/v1/",
            "/api;x=1/v1",
            "/img\\b",
            "/api/v1?",
            "/api?page=",
            "/api?page=2&page=1",
            "/api?x=/img&PAGE=1",
            "/old/x?page=1%31",
            "/api/v1?page=1&page=x",
            "/api/%41",
            "/img/a.PNG",
            "/img/a.png/");

    private static final List<String> HOSTS_OUTSIDE = List.of(
            "SHOP.example.org", "shop.example.org:80", "shop.example.org:8080", "a.b.example.org", "pay.example.com");
    private static final List<String> HOSTS_INSIDE = List.of(
            "web.shop",
            "WEB.shop.svc.cluster.local",
            "bank.pay:8000",
            "nobody.test",
            "web",
            "web.shop:80",
            "web.shop.svc:80",
            "bank.pay.svc.cluster.local:8002");

    private final Dice dice;

    private RequestDice(Dice dice) {
        this.dice = dice;
    }

    /** That many, the same for the same seed. */
    public static List<Request> of(long seed, int count) {
        RequestDice requests = new RequestDice(new Dice(seed));
        return Stream.generate(requests::request).limit(count).toList();
    }

    private Request request() {
        boolean outside = dice.percent(40);
        if (!outside && dice.percent(8)) {
            return Senders.sent(dice, Request.of("GET", dice.one(BYTES)), false);
        }
        Request request = Request.of(
                dice.percent(6) ? dice.one("PATCH", "OPTIONS") : dice.one(GeneratedMesh.METHODS),
                dice.one(outside ? OUTSIDE : INSIDE)
                        .concat(dice.one(dice.percent(20) ? ODD_PATHS : GeneratedMesh.PATHS)));
        request = Senders.sent(dice, request, outside);
        if (dice.percent(6)) {
            request = request.header("host", dice.one(outside ? HOSTS_OUTSIDE : HOSTS_INSIDE));
        }
        request = headers(request);
        if (dice.percent(15)) {
            request = request.header("origin", dice.one("https://page.test", "https://evil.example"));
            return dice.percent(40) ? request.preflight() : request;
        }
        return request;
    }

    private Request headers(Request bare) {
        Request request = bare;
        if (dice.percent(45)) {
            request = request.header(
                    "x-user", dice.percent(10) ? dice.one("ALICE", "alice,bob", "al") : dice.one(GeneratedMesh.USERS));
        }
        if (dice.percent(20)) {
            request = request.header(
                    "cookie", dice.one("user=alice", "theme=dark; user=alice", "user=bob; user=alice", "xuser=alice"));
        }
        if (dice.percent(5)) {
            request = request.header("x-forwarded-proto", dice.one("https", "http"));
        }
        if (dice.percent(5)) {
            request = request.header("x-forwarded-for", dice.one("203.0.113.9", "10.0.0.1, 198.51.100.7"));
        }
        return dice.percent(20) ? request.jwt(claims()) : request;
    }

    private ObjectNode claims() {
        ObjectNode claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", dice.percent(90) ? GeneratedMesh.ISSUER : "https://other.test");
        claims.put("sub", dice.one(GeneratedMesh.USERS));
        if (dice.percent(50)) {
            claims.put("role", dice.one("admin", "user"));
        }
        return claims;
    }
}
