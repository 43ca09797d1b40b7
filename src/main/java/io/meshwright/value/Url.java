package io.meshwright.value;

import java.net.URI;
import java.net.URISyntaxException;

/** An absolute {@code https://} or {@code http://} address without credentials. */
@Doc("Address such as https://example.org/path.")
public record Url(
        @Matches(
                regex = "https?://[^\\s\"<>\\\\^`{|}]+",
                max = 2048,
                says = "an address such as https://example.org/path")
        String value)
        implements Comparable<Url> {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;
    private static final int LAST = 65535;
    /** The JDK's word for an address without a port. */
    private static final int NONE = -1;

    public Url {
        Bounds.check(Url.class, value);
        URI uri = parse(value);
        boolean credentials =
                uri.getRawAuthority() != null && uri.getRawAuthority().indexOf('@') >= 0;
        Require.that(!credentials, "", "the address carries credentials", "take them out and refer to a Secret");
        Require.that(
                uri.getHost() != null,
                "",
                "%s names no host".formatted(Plain.quoted(value)),
                "give an address such as https://example.org/path");
        Require.that(
                uri.getPort() == NONE || uri.getPort() > 0 && uri.getPort() <= LAST,
                "",
                "%s names port %d".formatted(Plain.quoted(value), uri.getPort()),
                "give a port from 1 to 65535");
    }

    public static Url of(String value) {
        return new Url(value);
    }

    public boolean isHttps() {
        return value.startsWith("https:");
    }

    public String host() {
        return parse(value).getHost();
    }

    /** The port that is written, else the scheme's own. */
    public Port port() {
        int port = parse(value).getPort();
        return Port.of(port > 0 ? port : isHttps() ? HTTPS : HTTP);
    }

    /** Empty where the address ends with the host. */
    public String path() {
        return parse(value).getPath();
    }

    private static URI parse(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new InvalidValue(
                    "",
                    "%s is not valid".formatted(Plain.quoted(text)),
                    "give an address such as https://example.org/path");
        }
    }

    @Override
    public int compareTo(Url other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
