package io.meshwright.rehearsal.tunnel.drawn;

import io.meshwright.trace.request.Request;
import java.util.List;
import java.util.stream.Stream;

/** Draws connections of bytes and of TLS, and requests by them, of the fleet's callers and of clients outside. */
public final class ConnectionDice {
    private static final List<String> OUTSIDE = List.of(
            "tls://shop.example.org:443",
            "tls://www.example.org:443",
            "tls://pay.example.com:443",
            "tls://nobody.test:443",
            "https://shop.example.org/api",
            "https://pay.example.com/",
            "tcp://shop.example.org:9000",
            "tcp://pay.example.com:443",
            "http://shop.example.org/api",
            "http://shop.example.org:9000/");
    private static final List<String> INSIDE = List.of(
            "tcp://web.shop:9000",
            "tls://web.shop:9000",
            "http://web.shop:9000/",
            "tls://web.shop:8443",
            "https://web.shop:8443/",
            "http://web.shop:8443/",
            "tcp://web.shop:8443",
            "tcp://web.shop:7070",
            "tls://web.shop:7070",
            "http://web.shop:7070/",
            "https://web.shop:7070/",
            "http://web.shop/",
            "tcp://bank.pay:5000",
            "tls://bank.pay:5000",
            "http://bank.pay:5000/",
            "http://bank.pay:8000/",
            "tcp://bank.pay:8000",
            "http://partner.test/",
            "https://partner.test/",
            "tls://partner.test:443",
            "tcp://partner.test:443",
            "http://partner.test:443/",
            "https://a.wild.test/",
            "http://a.wild.test/",
            "tls://b.wild.test:443",
            "tcp://db.test:5000",
            "tls://db.test:5000",
            "http://db.test:5000/",
            "tcp://198.18.7.7:5000",
            "https://unknown.test/",
            "http://unknown.test/",
            "tcp://unknown.test:7777",
            "https://shop.example.org/",
            "tls://old.legacy:80",
            "http://old.legacy/");

    private final Dice dice;

    private ConnectionDice(Dice dice) {
        this.dice = dice;
    }

    /** That many, the same for the same seed. */
    public static List<Request> of(long seed, int count) {
        ConnectionDice connections = new ConnectionDice(new Dice(seed));
        return Stream.generate(connections::request).limit(count).toList();
    }

    private Request request() {
        boolean outside = dice.percent(35);
        Request request = Request.of("GET", dice.one(outside ? OUTSIDE : INSIDE));
        if (request.isEncrypted() && dice.percent(10)) {
            request = request.sni(
                    dice.one("shop.example.org", "partner.test", "other.test", "web.shop.svc.cluster.local"));
        }
        return Senders.sent(dice, request, outside);
    }
}
