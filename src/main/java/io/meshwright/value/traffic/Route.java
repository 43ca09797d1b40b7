package io.meshwright.value.traffic;

import io.meshwright.builders.Buildable;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.edge.BodyLimit;
import io.meshwright.value.edge.Maintenance;
import io.meshwright.value.edge.SecurityHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The requests of a host that a service takes, and what happens to them on the way. */
@Doc("Which requests of a host the service takes.")
@Buildable
@Sample("{host: shop.example.org, prefix: /}")
public record Route(
        @Required @Doc("Host of the gateway.") Host host,
        @Nullable @Doc("The whole path.") @Sample("/login") String exact,

        @Nullable
        @Doc("The path and everything below it: /api takes /api and /api/x, not /apiary; a / at the end changes"
                + " nothing.")
        @Sample("/api")
        String prefix,

        @Nullable @Doc("RE2 expression for the whole path.") String regex,
        @Defaulted @Doc("Conditions beside the path.") RouteMatch match,

        @Nullable @Doc("Port of the Service; default: its first.")
        Port port,

        @Nullable @Doc("Changes path or host on the way.") Rewrite rewrite,

        @Nullable @Doc("Sends the client elsewhere instead.")
        Redirect redirect,

        @Nullable @Doc("Answers in the proxy instead.") Respond respond,
        @Defaulted @Doc("Changes headers.") Headers headers,

        @Nullable @Doc("Copies requests to another service.")
        Mirror mirror,

        @Nullable @Doc("Makes requests slow or fail, for tests.")
        Fault fault,

        @Nullable @Doc("Time for the whole answer; 0s is no limit; default: the service's resilience.timeout.")
        Duration timeout,

        @Nullable @Doc("Default: the service's resilience.retries.")
        Retries retries,

        @Nullable @Doc("Answers stay open: sse, websocket or grpc-stream.")
        Stream stream,

        @Defaulted @Doc("Gateways that bring its requests: gateway, or names of gateways; default gateway.")
        List<Name> gateways,

        @Nullable @Doc("Headers for browsers, over those of the host and of the gateway.")
        SecurityHeaders securityHeaders,

        @Nullable @Doc("Answers 503 in the place of the service while somebody works on it.")
        Maintenance maintenance,

        @Nullable
        @Doc("How long a request's body may be at the gateway; default: as the host says; streams have no limit.")
        BodyLimit maxRequestBytes) {
    private static final List<Name> FIRST = List.of(Name.of("gateway"));

    public Route {
        Require.present("host", host);
        Require.that(
                given(exact, prefix, regex) == 1,
                given(exact, prefix, regex) == 0 ? "prefix" : "exact",
                "the path is said in %d ways".formatted(given(exact, prefix, regex)),
                "give one of exact, prefix and regex; / is every path");
        path(exact, prefix, regex);
        match = match == null ? RouteMatch.everything() : match;
        headers = headers == null ? Headers.none() : headers;
        gateways = gateways == null || gateways.isEmpty()
                ? FIRST
                : gateways.stream().distinct().toList();
        boolean answered = redirect != null || respond != null;
        Require.that(given(redirect, respond) < 2, "respond", "is given beside redirect", "keep one of them");
        Require.that(
                !answered || given(rewrite, mirror, fault, stream, timeout, retries) == 0,
                redirect != null ? "redirect" : "respond",
                "ends the request in the proxy, so nothing reaches the service",
                "remove rewrite, mirror, fault, stream, timeout and retries");
        if (securityHeaders != null) {
            securityHeaders.refuseTwice(headers.response().names());
        }
        if (maintenance != null) {
            maintenance.exceptHeaders().forEach(match::refuseOther);
        }
        Require.that(
                maxRequestBytes == null || maxRequestBytes.isNone() || stream == null,
                "maxRequestBytes",
                "waits for the end of each request, which a stream does not have",
                "remove it, or stream");
        streamable(stream, timeout, retries);
        retrying(match, timeout, retries);
    }

    /** Begins one; its host and one path must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /** Every path of the host. */
    public static Route of(Host host) {
        return prefix(host, "/");
    }

    public static Route prefix(Host host, String prefix) {
        return builder().host(host).prefix(prefix).build();
    }

    /** One path of the host and no other. */
    public static Route exact(Host host, String path) {
        return builder().host(host).exact(path).build();
    }

    /** Begins another one that has all of this one. */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** The same with other conditions. */
    public Route matching(RouteMatch conditions) {
        return toBuilder().match(conditions).build();
    }

    /** The same with answers that stay open. */
    public Route streaming(Stream open) {
        return toBuilder().stream(open).build();
    }

    /** The same at another host. */
    public Route at(Host other) {
        return toBuilder().host(other).build();
    }

    /** The same, with what a wider place says to browsers where it says nothing itself. */
    public Route guarded(SecurityHeaders wider) {
        SecurityHeaders all = securityHeaders == null ? wider : securityHeaders.over(wider);
        return toBuilder().securityHeaders(all).build();
    }

    /** The same paths, answered in the proxy while somebody works on what is behind. */
    public Route closed(Maintenance closing) {
        return samePaths()
                .match(match)
                .respond(new Respond(Maintenance.STATUS, closing.body()))
                .headers(new Headers(null, HeaderOperations.none().setting(closing.headers())))
                .build();
    }

    /** The same paths and the same way to the service, without conditions, answers of the proxy and faults. */
    public Route plain() {
        return samePaths().port(port).rewrite(rewrite).headers(headers).timeout(timeout).stream(stream)
                .maxRequestBytes(maxRequestBytes)
                .build();
    }

    private Builder samePaths() {
        return builder()
                .host(host)
                .exact(exact)
                .prefix(prefix)
                .regex(regex)
                .gateways(gateways)
                .securityHeaders(securityHeaders);
    }

    /** All changes of headers: its own, and what browsers are told. */
    public Headers allHeaders() {
        return securityHeaders == null
                ? headers
                : new Headers(headers.request(), headers.response().setting(securityHeaders.headers()));
    }

    public RoutePath path() {
        return path(exact, prefix, regex);
    }

    /** True if the gateway of this name brings its requests. */
    public boolean isAt(Name gateway) {
        return gateways.contains(gateway);
    }

    public boolean streams() {
        return stream != null;
    }

    /** True if the proxy answers itself. */
    public boolean isAnswered() {
        return redirect != null || respond != null;
    }

    private static RoutePath path(@Nullable String exact, @Nullable String prefix, @Nullable String regex) {
        if (exact != null) {
            return RoutePath.exact(exact);
        }
        return prefix != null ? RoutePath.prefix(prefix) : RoutePath.regex(Require.present("regex", regex));
    }

    private static void streamable(@Nullable Stream stream, @Nullable Duration timeout, @Nullable Retries retries) {
        Require.that(
                stream == null || timeout == null || timeout.isZero(),
                "timeout",
                "\"%s\" would cut every stream off at that age".formatted(timeout),
                "remove it; a stream has no response timeout");
        Require.that(
                stream == null || retries == null || retries.isNone(),
                "retries",
                "cannot repeat a stream that the client has begun to read",
                "remove them");
    }

    private static void retrying(RouteMatch match, @Nullable Duration timeout, @Nullable Retries retries) {
        if (retries == null || retries.isNone()) {
            return;
        }
        boolean repeatable =
                match.methods().isEmpty() || match.methods().stream().anyMatch(HttpMethod::isSafe);
        Require.that(
                repeatable || retries.idempotent(),
                "retries",
                "would send %s twice".formatted(match.methods()),
                "set retries.idempotent: true if the service takes that, or remove them");
        if (timeout != null) {
            retries.within(timeout);
        }
    }

    private static long given(@Nullable Object... values) {
        return Arrays.stream(values).filter(Objects::nonNull).count();
    }

    /** Collects what a route is made of. */
    public static final class Builder extends RouteSetters<Builder> {
        private Builder() {}

        /**
         * Makes it.
         *
         * @throws io.meshwright.value.InvalidValue where a value is missing or cannot be, by its name
         */
        public Route build() {
            return props();
        }
    }
}
