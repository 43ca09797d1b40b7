package io.meshwright.rehearsal.tunnel.drawn;

import io.meshwright.trace.request.Request;
import java.util.List;

/** The fleet's callers and clients outside. */
final class Senders {
    private static final List<String> CALLERS =
            List.of("shop/web-v1", "shop/cart", "pay/bank-v1", "pay/bank-v1", "legacy/old");

    private Senders() {}

    /** The request from a client outside, which may have a certificate, or from a caller. */
    static Request sent(Dice dice, Request request, boolean outside) {
        if (!outside) {
            return request.from(dice.one(CALLERS));
        }
        Request sent = request.clientIp(dice.one("198.51.100.7", "203.0.113.9"));
        return dice.percent(50) ? sent.clientCertificate() : sent;
    }
}
