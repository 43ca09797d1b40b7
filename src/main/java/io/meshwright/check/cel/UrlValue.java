package io.meshwright.check.cel;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An address of the web, or an absolute path, as Go's url.ParseRequestURI reads it, which takes much that RFC 3986 does
 * not; {@code host} has the port, {@code path} is escaped.
 */
public record UrlValue(String scheme, String host, String path, String query) {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][-+.a-zA-Z0-9]*):(.*)", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final Pattern USER = Pattern.compile("[-A-Za-z0-9._:~!$&'()*+,;=%@]*");
    private static final Pattern HOST =
            Pattern.compile("\\[[^\\]\\s{}|\\\\^`#/?@]*\\](?::[0-9]*)?|[^\\s{}|\\\\^`#@%/?:]*(?::[0-9]*)?");
    private static final Pattern PLAIN_PATH =
            Pattern.compile("(?:[-A-Za-z0-9._~!$&'()*+,;=:@/\\[\\]]|%[0-9a-fA-F]{2})*");
    private static final String UNESCAPED = "-_.~$&+,/:;=@";

    /** Empty for what is neither absolute nor an absolute path. */
    public static Optional<UrlValue> of(String text) {
        Matcher parts = SCHEME.matcher(text);
        boolean absolute = parts.matches();
        String rest = absolute ? parts.group(2) : text;
        boolean readable = !CONTROL.matcher(text).find() && !text.startsWith(":");
        if (!readable || !absolute && !rest.startsWith("/")) {
            return Optional.empty();
        }
        String scheme = absolute ? parts.group(1).toLowerCase(Locale.ROOT) : "";
        int mark = rest.indexOf('?');
        String place = mark < 0 ? rest : rest.substring(0, mark);
        String query = mark < 0 ? "" : rest.substring(mark + 1);
        // What has a scheme and no slash is opaque: it has neither host nor path.
        return place.startsWith("/")
                ? placed(scheme, place, absolute, query)
                : Optional.of(new UrlValue(scheme, "", "", query));
    }

    private static Optional<UrlValue> placed(String scheme, String place, boolean absolute, String query) {
        String host = "";
        String path = place;
        if (absolute && place.startsWith("//")) {
            int slash = place.indexOf('/', 2);
            String authority = slash < 0 ? place.substring(2) : place.substring(2, slash);
            int at = authority.lastIndexOf('@');
            host = authority.substring(at + 1);
            path = slash < 0 ? "" : place.substring(slash);
            if (!HOST.matcher(host).matches()
                    || at >= 0 && !USER.matcher(authority.substring(0, at)).matches()) {
                return Optional.empty();
            }
        }
        return BAD_ESCAPE.matcher(path).find()
                ? Optional.empty()
                : Optional.of(new UrlValue(scheme, host, escaped(path), query));
    }

    private static String escaped(String path) {
        if (PLAIN_PATH.matcher(path).matches()) {
            return path;
        }
        StringBuilder escaped = new StringBuilder();
        for (byte part : unescaped(path).getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (part & 0xff);
            boolean plain =
                    character < 128 && Character.isLetterOrDigit(character) || UNESCAPED.indexOf(character) >= 0;
            escaped.append(plain ? String.valueOf(character) : "%%%02X".formatted((int) character));
        }
        return escaped.toString();
    }

    private static String unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] written = text.getBytes(StandardCharsets.UTF_8);
        for (int index = 0; index < written.length; index++) {
            boolean escape = written[index] == '%' && index + 2 < written.length;
            bytes.write(
                    escape
                            ? Character.digit(written[index + 1], 16) * 16 + Character.digit(written[index + 2], 16)
                            : written[index]);
            index += escape ? 2 : 0;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Without the port and the brackets of IPv6. */
    String hostname() {
        String name = port().isEmpty() && !host.endsWith(":") ? host : host.substring(0, host.lastIndexOf(':'));
        return name.startsWith("[") ? name.substring(1, name.indexOf(']')) : name;
    }

    String port() {
        int colon = host.lastIndexOf(':');
        return colon > host.lastIndexOf(']') ? host.substring(colon + 1) : "";
    }

    /** The values under each name, in the order written. */
    Map<String, List<String>> parameters() {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()
                    && pair.indexOf(';') < 0
                    && !BAD_ESCAPE.matcher(pair).find()) {
                String[] sides = pair.replace('+', ' ').split("=", 2);
                parameters
                        .computeIfAbsent(unescaped(sides[0]), name -> new ArrayList<>())
                        .add(sides.length < 2 ? "" : unescaped(sides[1]));
            }
        }
        return parameters;
    }
}
