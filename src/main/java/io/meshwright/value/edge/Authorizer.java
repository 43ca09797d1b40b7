package io.meshwright.value.edge;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A service that is asked about each request before it goes on, such as oauth2-proxy or OPA (istio.io, MeshConfig,
 * extensionProviders). Who cannot be asked has not agreed, unless {@code failOpen} says so.
 */
@Doc("A service that is asked about requests before they go on, such as oauth2-proxy or OPA.")
@Sample("{service: oauth2-proxy}")
public record Authorizer(
        @Required @Doc("Name of an entry of services, which lets the gateway in.")
        Name service,

        @Nullable @Doc("Port of the Service; default: its first.")
        Port port,

        @Defaulted @Doc("What it speaks, http or grpc (Envoy's API); default http.")
        Protocol protocol,

        @Defaulted @Doc("How long it may think, 1ms to 1m; default 2s.")
        Duration timeout,

        @Defaulted @Doc("Whether requests pass unasked while it cannot be asked; default false: they are refused.")
        Boolean failOpen,

        @Nullable @Doc("Why requests may pass unasked; required with failOpen: true.")
        String reason,

        @Defaulted @Doc("Status of what is refused since it cannot be asked, 400 to 599; default 503.") @Sample("403")
        Integer statusOnError,

        @Nullable
        @Doc("Path before that of the request at which it is asked by http; default: none.")
        @Sample("/verify")
        String pathPrefix,

        @Defaulted
        @Doc("Headers that it is shown by http, beside Host, method, path and Authorization; default: cookie.")
        @Sample("[cookie]")
        List<String> includeRequestHeadersInCheck,

        @Defaulted
        @Doc("Its headers that the service gets, where it agrees by http; default: none.")
        @Sample("[x-auth-request-email]")
        List<String> headersToUpstreamOnAllow,

        @Defaulted
        @Doc("Its headers that the client gets, where it agrees by http; default: set-cookie.")
        @Sample("[set-cookie]")
        List<String> headersToDownstreamOnAllow,

        @Defaulted
        @Doc("Its headers that the client gets, where it refuses by http, beside location and the like; default:"
                + " content-type and set-cookie.")
        @Sample("[content-type, set-cookie]")
        List<String> headersToDownstreamOnDeny) {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    public Authorizer {
        Require.present("service", service);
        protocol = protocol == null ? Protocol.HTTP : protocol;
        timeout = timeout == null ? Duration.ofSeconds(2) : timeout;
        failOpen = failOpen != null && failOpen;
        Require.that(
                !timeout.isZero() && timeout.compareTo(LONGEST) <= 0,
                "timeout",
                "\"%s\" is not between 1ms and 1m".formatted(timeout),
                "give a time in which nobody gives up");
        Require.that(
                !failOpen || reason != null && !reason.isBlank(),
                "reason",
                "is missing, and with failOpen whoever stops the authorizer passes it",
                "say why that is right here, or remove failOpen");
        Require.that(failOpen || reason == null, "reason", "is for failOpen: true", "remove it");
        Require.that(
                !failOpen || statusOnError == null,
                "statusOnError",
                "is of no request, since all pass by failOpen",
                "remove one of them");
        statusOnError = statusOnError == null ? 503 : Require.inRange("statusOnError", statusOnError, 400, 599);
        onlyByHttp(protocol, "pathPrefix", pathPrefix);
        onlyByHttp(protocol, "includeRequestHeadersInCheck", includeRequestHeadersInCheck);
        onlyByHttp(protocol, "headersToUpstreamOnAllow", headersToUpstreamOnAllow);
        onlyByHttp(protocol, "headersToDownstreamOnAllow", headersToDownstreamOnAllow);
        onlyByHttp(protocol, "headersToDownstreamOnDeny", headersToDownstreamOnDeny);
        Require.that(
                pathPrefix == null || pathPrefix.matches("/[!-~]*[!-.0-~]") && !pathPrefix.matches(".*[?#].*"),
                "pathPrefix",
                "is no path without a / at its end",
                "write such as /verify");
        includeRequestHeadersInCheck =
                headers("includeRequestHeadersInCheck", includeRequestHeadersInCheck, List.of("cookie"));
        headersToUpstreamOnAllow = headers("headersToUpstreamOnAllow", headersToUpstreamOnAllow, List.of());
        headersToDownstreamOnAllow =
                headers("headersToDownstreamOnAllow", headersToDownstreamOnAllow, List.of("set-cookie"));
        headersToDownstreamOnDeny =
                headers("headersToDownstreamOnDeny", headersToDownstreamOnDeny, List.of("content-type", "set-cookie"));
    }

    /** One that is asked by http, at the first port of its Service. */
    public static Authorizer http(Name service) {
        return new Authorizer(service, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The protocol of an authorizer. */
    public enum Protocol {
        @Word("http")
        HTTP,
        @Word("grpc")
        GRPC
    }

    private static void onlyByHttp(Protocol protocol, String key, @Nullable Object value) {
        Require.that(
                protocol == Protocol.HTTP || value == null,
                key,
                "is for protocol: http; by grpc the authorizer sees all and says all",
                "remove it");
    }

    private static List<String> headers(String key, @Nullable List<String> given, List<String> otherwise) {
        List<String> names = given == null ? otherwise : given;
        for (int i = 0; i < names.size(); i++) {
            Require.that(
                    names.get(i).matches("[A-Za-z0-9!#$%&'+.^_`|~-]+\\*?"),
                    KeyPath.of(key).index(i).text(),
                    "%s is not the name of a header".formatted(Plain.quoted(names.get(i))),
                    "give a name such as x-user, or its beginning and a *");
        }
        return names.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }
}
