package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Word;
import java.util.Optional;

/** The proxy between browsers and the load balancer, if any: how many to trust, and what it speaks to the origin. */
@Doc("Who stands between the browser and the load balancer.")
public record Edge(
        @Defaulted @Doc("none or cloudflare; default none.") Proxy proxy,

        @Defaulted @Doc("What the proxy speaks to the gateway, HTTP or HTTPS; default HTTPS.")
        Scheme origin,

        @Defaulted @Doc("Whether the load balancer admits the proxy's published addresses only; default false.")
        Boolean closeOrigin) {
    public Edge {
        proxy = proxy == null ? Proxy.NONE : proxy;
        origin = origin == null ? Scheme.HTTPS : origin;
        closeOrigin = closeOrigin != null && closeOrigin;
        if (proxy == Proxy.NONE && closeOrigin) {
            throw new InvalidValue(
                    "proxy", "\"none\" has no addresses to admit", "name the proxy, or remove closeOrigin");
        }
    }

    static Edge none() {
        return new Edge(Proxy.NONE, Scheme.HTTPS, false);
    }

    /** Returns how long the proxy waits for the next byte of an answer; empty where there is none. */
    Optional<Duration> silence() {
        // Cloudflare gives up with 524 after 100 seconds [developers.cloudflare.com, connection limits].
        return proxy == Proxy.CLOUDFLARE ? Optional.of(Duration.ofSeconds(100)) : Optional.empty();
    }

    /** The name by which people call whoever stands in front. */
    public String words() {
        return proxy == Proxy.CLOUDFLARE ? "Cloudflare" : "nobody";
    }

    /** Number of entries of X-Forwarded-For that the gateway trusts: one for each proxy in front of it. */
    public int trustedProxies() {
        return proxy == Proxy.NONE ? 0 : 1;
    }

    /** Known proxies. */
    public enum Proxy {
        @Word("none")
        NONE,
        @Word("cloudflare")
        CLOUDFLARE
    }

    /** Plain or encrypted HTTP. */
    public enum Scheme {
        HTTP,
        HTTPS
    }
}
