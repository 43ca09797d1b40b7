package io.meshwright.trace.sample;

import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Method, target and headers of a request that a match takes. */
public record Sample(String method, String target, Map<String, String> headers) {
    /** The path of a request that asks for nothing in particular. */
    public static final String ROOT = "/";

    /** Stands where anything may stand. */
    public static final String WORD = "any";

    /** A request for nothing in particular. */
    public static final Sample PLAIN = new Sample("GET", ROOT, Map.of());

    /** A host with a part that something fills in before it is applied, such as {@code ${DOMAIN}} by Flux. */
    private static final Pattern FILLED_IN =
            Pattern.compile("(\\w+://)((?:\\$\\{[^}]*}|[^/:?#$])*\\$\\{[^}]*}(?:\\$\\{[^}]*}|[^/:?#$])*)(.*)");

    /** A name that a host takes, which may be a wildcard. */
    public static String named(String host) {
        return host.startsWith("*.") ? WORD.concat(host.substring(1)) : host.equals("*") ? "any.example" : host;
    }

    /**
     * The same as a request from the internet, where host, port and path make an address at all: what is wrong with
     * them is for checks of fields.
     */
    public Optional<Request> sent(String url) {
        try {
            return Optional.of(of(url));
        } catch (InvalidValue noAddress) {
            return Optional.empty();
        }
    }

    /**
     * The same, which goes to a host as it is written where something fills in a part of it later: whatever that is, it
     * is the same wherever the host is written.
     */
    public Optional<Request> sentAsWritten(String url) {
        Matcher written = FILLED_IN.matcher(url);
        return written.matches()
                ? sent("%sany.example%s".formatted(written.group(1), written.group(3)))
                        .map(request -> request.to(written.group(2).toLowerCase(Locale.ROOT)))
                : sent(url);
    }

    /**
     * The same as a request from the internet.
     *
     * @param url with the target of the sample at its end
     */
    public Request of(String url) {
        Request request = Request.of(method, url);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.header(header.getKey(), header.getValue());
        }
        return request;
    }
}
