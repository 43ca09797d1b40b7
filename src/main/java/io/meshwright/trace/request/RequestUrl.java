package io.meshwright.trace.request;

import io.meshwright.value.InvalidValue;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server that a client calls: {@code scheme} is lower case, {@code spelled} the host as it is written,
 * {@code target} the path with the query.
 */
public record RequestUrl(String scheme, String spelled, int port, String target) {
    private static final Pattern FORM = Pattern.compile(
            "(?i)(https?|tcp|tls)://([a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?|\\[[0-9a-f:.]+\\])(?::(\\d{1,5}))?"
                    + "([/?][^#\\s]*)?(?:#\\S*)?");
    private static final int LARGEST_PORT = 65535;

    static RequestUrl of(String written) {
        Matcher parts = FORM.matcher(written);
        if (!parts.matches()) {
            throw unreadable(written);
        }
        String scheme = parts.group(1).toLowerCase(Locale.ROOT);
        String target = parts.group(4) == null
                ? "/"
                : parts.group(4).startsWith("/") ? parts.group(4) : "/".concat(parts.group(4));
        return new RequestUrl(scheme, parts.group(2), port(scheme, parts.group(3), written), target);
    }

    private static InvalidValue unreadable(String written) {
        boolean bare = !written.contains("://")
                && FORM.matcher("http://".concat(written)).matches();
        return bare
                ? new InvalidValue(
                        "url",
                        "\"%s\" does not say how it is called".formatted(written),
                        "write http://%1$s, https://%1$s, or tcp:// or tls:// for bytes".formatted(written))
                : new InvalidValue(
                        "url",
                        "\"%s\" is no address".formatted(written),
                        "write one such as https://example.org/path or tcp://mysql.shop:3306, with an international name as "
                                .concat("xn--..."));
    }

    private static int port(String scheme, String written, String url) {
        int port = written != null ? Integer.parseInt(written) : usualPort(scheme);
        if (port < 1 || port > LARGEST_PORT) {
            throw new InvalidValue(
                    "url", "\"%s\" has no port between 1 and 65535".formatted(url), "write one behind the host");
        }
        return port;
    }

    /** The host in lower case, as DNS and proxies compare it. */
    public String host() {
        return spelled.toLowerCase(Locale.ROOT);
    }

    /**
     * Host and port as a client names them, which only browsers put in lower case: the scheme's own port is left out.
     */
    String authority() {
        // Not formatted(), for the same reason as a request's text.
        return port == usualPort(scheme) ? spelled : spelled + ":" + port;
    }

    /** The port that a URL need not write; 0 where it must. */
    private static int usualPort(String scheme) {
        return switch (scheme) {
            case "http" -> 80;
            case "https" -> 443;
            default -> 0;
        };
    }
}
