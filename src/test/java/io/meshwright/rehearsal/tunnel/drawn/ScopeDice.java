package io.meshwright.rehearsal.tunnel.drawn;

import io.meshwright.trace.request.Request;
import java.util.List;
import java.util.stream.Stream;

/** Draws requests and connections of the fleet's callers to what the objects of {@link ScopeMesh} have. */
public final class ScopeDice {
    private static final List<String> URLS = List.of(
            "http://web.shop",
            "http://web.shop",
            "http://web.shop:7070",
            "http://bank.pay:8000",
            "http://bank.pay:8000",
            "http://bank.pay:8002",
            "http://cart.shop",
            "http://old.legacy",
            "http://alias.shop",
            "http://alias.shop:8000",
            "http://pods.shop:8080",
            "http://web-pods.shop:8080",
            "http://more.shop:81",
            "http://more.shop:8000",
            "http://empty.shop",
            "http://inner.test",
            "http://inner.test",
            "http://198.18.9.1",
            "http://198.18.9.2",
            "http://vm.test",
            "http://vm.test",
            "http://partner.test",
            "http://partner.test",
            "http://partner.test:8000",
            "http://a.wild.test",
            "http://x.a.wild.test",
            "http://unknown.test",
            "http://unknown.test:8000",
            "http://unknown.test:81");
    private static final List<String> BYTES = List.of(
            "tcp://web.shop:9000",
            "tcp://web.shop:7070",
            "tcp://web.shop:80",
            "tls://web.shop:9000",
            "tcp://bank.pay:5000",
            "tcp://bank.pay:8000",
            "tcp://more.shop:81",
            "tcp://more.shop:8000",
            "tcp://inner.test:80",
            "tcp://vm.test:80",
            "tcp://partner.test:8000",
            "tcp://pods.shop:8080",
            "tcp://alias.shop:80",
            "tcp://unknown.test:5000",
            "tcp://unknown.test:9000",
            "tls://unknown.test:443",
            "https://unknown.test:8000/");
    private static final List<String> PATHS = List.of("/", "/api/v1", "/img/a.png", "/old/x");
    private static final List<String> HOSTS = List.of(
            "web.shop", "inner.test", "partner.test", "unknown.test", "bank.pay:8000", "alias.shop", "x.wild.test");

    private final Dice dice;

    private ScopeDice(Dice dice) {
        this.dice = dice;
    }

    /** That many, the same for the same seed. */
    public static List<Request> of(long seed, int count) {
        ScopeDice requests = new ScopeDice(new Dice(seed));
        return Stream.generate(requests::request).limit(count).toList();
    }

    private Request request() {
        if (dice.percent(20)) {
            return Senders.sent(dice, Request.of("GET", dice.one(BYTES)), false);
        }
        Request request = Senders.sent(
                dice, Request.of(dice.one("GET", "POST"), dice.one(URLS).concat(dice.one(PATHS))), false);
        return dice.percent(8) ? request.header("host", dice.one(HOSTS)) : request;
    }
}
