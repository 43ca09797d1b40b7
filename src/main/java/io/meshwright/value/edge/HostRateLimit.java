package io.meshwright.value.edge;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import io.meshwright.value.security.ComparedPath;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Answers 429 above a number of requests, which all pods of a gateway count together. */
@Doc("Answers 429 above a number of requests, which all gateway pods count together.")
@Sample("{requests: 100, interval: 1m}")
public record HostRateLimit(
        @Defaulted @Doc("Default true.") Boolean enabled,
        @Required @Doc("Requests in each interval.") Integer requests,

        @Defaulted @Doc("Interval: 1s, 1m, 1h or 24h; default 1s.") @Sample("1m")
        Duration interval,

        @Defaulted @Doc("Whose requests are counted together: client (its address) or host; default client.")
        Per per,

        @Nullable
        @Doc("Counts by the value of this header instead; requests without it are not counted.")
        @Sample("x-api-key")
        String header,

        @Defaulted @Doc("The path and everything below it; default /: the whole host.") @Sample("/api")
        String prefix) {
    // The service knows no others (github.com/envoyproxy/ratelimit, rate limit definition).
    private static final Map<Duration, String> UNITS = new TreeMap<>(Map.of(
            Duration.of("1s"),
            "second",
            Duration.of("1m"),
            "minute",
            Duration.of("1h"),
            "hour",
            Duration.of("24h"),
            "day"));

    public HostRateLimit {
        enabled = enabled == null || enabled;
        Require.inRange("requests", Require.present("requests", requests), 1, 1_000_000_000);
        interval = interval == null ? Duration.of("1s") : interval;
        Require.that(
                UNITS.containsKey(interval),
                "interval",
                "\"%s\" is none that the service counts in".formatted(interval),
                "use 1s, 1m, 1h or 24h");
        Require.that(
                header == null || per == null,
                "per",
                "is given beside header, which says the same",
                "keep one of them");
        per = per == null ? Per.CLIENT : per;
        header = header == null ? null : header.toLowerCase(Locale.ROOT);
        if (header != null) {
            HeaderNames.check("header", header, "x-api-key");
        }
        prefix = prefix == null ? "/" : prefix;
        Require.that(
                prefix.matches("/[A-Za-z0-9_~.-]*(/[A-Za-z0-9_~.-]+)*"),
                "prefix",
                "%s is no path of plain segments".formatted(Plain.quoted(prefix)),
                "write such as /api, without a / at its end");
        ComparedPath.check("prefix", prefix);
    }

    /** The word by which the service calls the interval. */
    public String unit() {
        return Require.present("interval", UNITS.get(interval));
    }

    /** True if each client's requests are counted by its address. */
    public boolean isPerClient() {
        return header == null && per == Per.CLIENT;
    }

    /** True if paths decide. */
    public boolean hasPrefix() {
        return !prefix.equals("/");
    }

    /** Clients whose requests are counted together. */
    public enum Per {
        @Word("client")
        CLIENT,
        @Word("host")
        HOST
    }
}
