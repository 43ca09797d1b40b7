package io.meshwright.value.traffic;

import com.google.re2j.Pattern;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Shorthand;

/** A cookie that the proxy sets for a client and knows it by. */
@Doc("A cookie that the proxy sets; its name, or name and life time.")
public record Cookie(
        @Required String name,
        @Defaulted @Doc("Life time; default 1h.") Duration ttl) {
    public Cookie {
        Require.that(
                Require.notBlank("name", name).matches("[A-Za-z0-9_-]+"),
                "name",
                "%s is not a cookie's name".formatted(Plain.quoted(name)),
                "use letters, digits, _ and -");
        ttl = ttl == null ? Duration.of("1h") : ttl;
        // Without a life time Envoy only reads the cookie and never sets it (istio.io, HTTPCookie.ttl).
        Require.that(ttl.seconds() > 0, "ttl", "\"%s\" is shorter than a second".formatted(ttl), "give 1s or more");
    }

    /** The cookie with the name of a version. */
    public RouteMatch.Condition condition(Name version) {
        return RouteMatch.Condition.cookie(name, Pattern.quote(version.toString()));
    }

    @Shorthand
    public static Cookie named(String name) {
        return new Cookie(name, null);
    }
}
