package io.meshwright.trace.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.meshwright.mesh.policy.Token;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.PathReading;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A request that somebody asks about; {@code headers} are lower case, {@code token} is a good JWT that goes as
 * {@code Authorization: Bearer}.
 */
public record Request(
        String method, RequestUrl url, Map<String, String> headers, Optional<Token> token, Sender sender) {
    /**
     * The client that sends a request; {@code from} is {@value #INTERNET}, {@code namespace/workload} or
     * {@code namespace/service account}, {@code showsCertificate} whether a client outside has a certificate that the
     * gateway trusts, {@code sni} the name that the client shows in TLS where that is not the URL's host.
     */
    public record Sender(String from, Optional<String> clientIp, boolean showsCertificate, Optional<String> sni) {
        private Sender withFrom(String caller) {
            return new Sender(caller, clientIp, showsCertificate, sni);
        }

        private Sender withClientIp(String address) {
            return new Sender(from, Optional.of(address), showsCertificate, sni);
        }

        private Sender withCertificate() {
            return new Sender(from, clientIp, true, sni);
        }

        private Sender withSni(String name) {
            return new Sender(from, clientIp, showsCertificate, Optional.of(name));
        }
    }

    /** A client outside the cluster. */
    public static final String INTERNET = "internet";
    /** RFC 9110, section 5: a token, and what may stand in a value. */
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private static final Pattern HEADER_VALUE = Pattern.compile("[^\\x00-\\x08\\x0a-\\x1f\\x7f]*");
    /** A word that might be a method, if perhaps an unknown or a small one. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{1,20}");
    /**
     * RFC 9110, section 9, and RFC 5789: what proxies and browsers know, in the order in which people think of them.
     */
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE");
    /** RFC 6066, section 3: a host name, never an address. */
    private static final Pattern NAME =
            Pattern.compile("(?i)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\\.)*[a-z_](?:[a-z0-9_-]{0,61}[a-z0-9_])?");
    /**
     * Headers that a browser sends without asking (Fetch standard, CORS-safelisted request headers), and that it asks
     * with.
     */
    private static final List<String> UNASKED =
            List.of("origin", "accept", "accept-language", "content-language", "user-agent", "cookie");

    public Request {
        headers = Collections.unmodifiableMap(new TreeMap<>(headers));
    }

    /** True if a word is a method that HTTP knows. */
    public static boolean isMethod(String word) {
        return METHODS.contains(word);
    }

    /** True if somebody may mean a method by a word, rather than a file or a URL. */
    public static boolean isWord(String word) {
        return WORD.matches(word);
    }

    /**
     * A request from the internet without headers.
     *
     * @throws InvalidValue when HTTP knows no such method or the URL is none of http, https, tcp or tls with a host in
     *     ASCII
     */
    public static Request of(String method, String url) {
        if (!isMethod(method)) {
            throw new InvalidValue(
                    "method",
                    "\"%s\" is no method of HTTP".formatted(method),
                    "write one of %s".formatted(String.join(", ", METHODS)));
        }
        Sender outside = new Sender(INTERNET, Optional.empty(), false, Optional.empty());
        return new Request(method, RequestUrl.of(url), Map.of(), Optional.empty(), outside);
    }

    private Request with(Sender changed) {
        return new Request(method, url, headers, token, changed);
    }

    /** {@code http}, {@code https}, or {@code tcp} or {@code tls} for a connection of bytes. */
    public String scheme() {
        return url.scheme();
    }

    public String host() {
        return url.host();
    }

    public int port() {
        return url.port();
    }

    /** The path with the query. */
    public String target() {
        return url.target();
    }

    /** {@value #INTERNET}, {@code namespace/workload} or {@code namespace/service account}. */
    public String from() {
        return sender.from();
    }

    public Optional<String> clientIp() {
        return sender.clientIp();
    }

    /** True if a client outside has a certificate that the gateway trusts. */
    public boolean showsCertificate() {
        return sender.showsCertificate();
    }

    /** True if the client itself begins TLS; what it shows there is no matter of the Host header. */
    public boolean isEncrypted() {
        return url.scheme().equals("https") || url.scheme().equals("tls");
    }

    /** True if the client speaks something else than HTTP. */
    public boolean isBytes() {
        return url.scheme().equals("tcp") || url.scheme().equals("tls");
    }

    /**
     * With a header more; one of the same name is replaced.
     *
     * @throws InvalidValue when HTTP allows no such name or value
     */
    public Request header(String name, String value) {
        if (!HEADER_NAME.matches(name) || !HEADER_VALUE.matches(value)) {
            throw new InvalidValue(
                    "header",
                    "\"%s: %s\" is none that HTTP allows".formatted(name, value.replaceAll("\\p{Cntrl}", "?")),
                    "write a name without spaces and a value on one line");
        }
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name.toLowerCase(Locale.ROOT), value);
        return new Request(method, url, more, token, sender);
    }

    /** With a token that carries these claims, well signed and not expired, as {@code Authorization: Bearer}. */
    public Request jwt(JsonNode claims) {
        return new Request(method, url, headers, Optional.of(Token.bearer(claims)), sender);
    }

    /** The same to another host of the URL. */
    public Request to(String host) {
        return new Request(
                method, new RequestUrl(url.scheme(), host, url.port(), url.target()), headers, token, sender);
    }

    /** The same where DNS knows the host by its name without the dot behind it, which the Host header keeps. */
    public Request rooted() {
        return to(HostName.withoutRoot(url.host())).header("host", http().authority());
    }

    public Request from(String caller) {
        return with(sender.withFrom(caller));
    }

    /**
     * From a client of that address outside.
     *
     * @throws InvalidValue when it is no IPv4 or IPv6 address
     */
    public Request clientIp(String address) {
        try {
            return with(sender.withClientIp(IpAddress.of(address).toString()));
        } catch (InvalidValue wrong) {
            throw wrong.under("clientIp");
        }
    }

    /** From a client outside that shows a certificate which the gateway's authority vouches for, where it is asked. */
    public Request clientCertificate() {
        return with(sender.withCertificate());
    }

    /**
     * From a client that shows this name in TLS, whatever the host of the URL is.
     *
     * @throws InvalidValue when it is no DNS name in ASCII, or the URL begins no TLS
     */
    public Request sni(String name) {
        if (!NAME.matches(name)) {
            throw new InvalidValue(
                    "sni",
                    "\"%s\" is no name that a client can show".formatted(name),
                    "write one such as example.org, an international one as xn--...");
        }
        if (!isEncrypted()) {
            throw new InvalidValue(
                    "sni",
                    "\"%s\" cannot be shown without TLS".formatted(name),
                    "write a URL that begins with https or tls");
        }
        return with(sender.withSni(name.toLowerCase(Locale.ROOT)));
    }

    /** The name that the client shows in TLS; empty where it begins none. */
    public String serverName() {
        return isEncrypted() ? sender.sni().orElseGet(() -> HostName.withoutRoot(url.host())) : "";
    }

    /**
     * The question that a browser asks before it sends this request for a page of its {@code Origin}.
     *
     * @throws InvalidValue when there is no Origin header
     */
    public Request preflight() {
        if (headers.getOrDefault("origin", "").isEmpty()) {
            throw new InvalidValue(
                    "preflight",
                    "the request has no Origin header",
                    "add one such as 'Origin: https://app.example.org'");
        }
        TreeSet<String> asked = new TreeSet<>(headers.keySet());
        UNASKED.forEach(asked::remove);
        token.ifPresent(carried -> asked.add("authorization"));
        Map<String, String> asking = new LinkedHashMap<>();
        asking.put("origin", headers.get("origin"));
        asking.put("access-control-request-method", method);
        if (!asked.isEmpty()) {
            asking.put("access-control-request-headers", String.join(",", asked));
        }
        return new Request("OPTIONS", url, asking, Optional.empty(), sender);
    }

    /** Without what the mesh's configuration may change of its path. */
    public HttpRequest http() {
        return http(PathReading.DEFAULT);
    }

    /** As a client writes it, and a proxy reads its path: the scheme's own port is left out of the Host header. */
    public HttpRequest http(PathReading reading) {
        HttpRequest request = HttpRequest.of(
                method, url.scheme(), headers.getOrDefault("host", url.authority()), url.target(), reading);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = header.getKey().equals("host") ? request : request.with(header.getKey(), header.getValue());
        }
        return token.isPresent() ? token.get().carriedBy(request) : request;
    }

    public boolean isFromInternet() {
        return sender.from().equals(INTERNET);
    }

    /** {@code GET https://example.org/path}. */
    @Override
    public String toString() {
        // Not formatted(), since a request's text is its name wherever many are asked.
        return method + " " + url.scheme() + "://" + url.authority() + (isBytes() ? "" : url.target());
    }
}
