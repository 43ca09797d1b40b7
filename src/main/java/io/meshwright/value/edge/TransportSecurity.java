package io.meshwright.value.edge;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Require;

/** For how long a browser that was here once comes by HTTPS alone (RFC 6797). */
@Doc("For how long a browser that was here comes by HTTPS alone.")
public record TransportSecurity(
        @Defaulted @Doc("Default true; false leaves the header out.")
        Boolean enabled,

        @Defaulted @Doc("In whole seconds; 0s lets browsers forget what they were told; default 8760h, a year.")
        Duration maxAge,

        @Defaulted @Doc("Whether it holds for every host below this one, be they served here or not; default false.")
        Boolean includeSubDomains,

        @Defaulted
        @Doc("Whether browsers may ship with this host in their list, from which it is hard to get out; default false.")
        Boolean preload) {
    private static final Duration YEAR = Duration.of("8760h");

    public TransportSecurity {
        enabled = enabled == null || enabled;
        maxAge = maxAge == null ? YEAR : maxAge;
        includeSubDomains = includeSubDomains != null && includeSubDomains;
        preload = preload != null && preload;
        Require.that(
                maxAge.millis() % 1000 == 0,
                "maxAge",
                "\"%s\" is not a number of seconds".formatted(maxAge),
                "give whole seconds");
        // hstspreload.org admits no other host to the list.
        Require.that(
                !preload || includeSubDomains && maxAge.compareTo(YEAR) >= 0,
                "preload",
                "is for hosts with all that are below them, for a year or more",
                "set includeSubDomains: true and maxAge: 8760h or more, or remove it");
    }

    /** A year, for this host alone. */
    static TransportSecurity on() {
        return new TransportSecurity(true, null, null, null);
    }

    /** No header. */
    static TransportSecurity off() {
        return new TransportSecurity(false, null, null, null);
    }

    /** The value of the header. */
    String value() {
        return "max-age=%d%s%s"
                .formatted(
                        maxAge.seconds(), includeSubDomains ? "; includeSubDomains" : "", preload ? "; preload" : "");
    }
}
