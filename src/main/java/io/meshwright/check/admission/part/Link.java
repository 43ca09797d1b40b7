package io.meshwright.check.admission.part;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Addresses of the web as Go's net/url reads them. */
public final class Link {
    private static final Pattern SCHEME = Pattern.compile("([a-zA-Z][-+.a-zA-Z0-9]*):(.*)", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");
    private static final String HOST = "[^\\s{}|\\\\^`#@%/?";
    private static final Pattern AUTHORITY = Pattern.compile("(?:[-A-Za-z0-9._:~!$&'()*+,;=%@]*@)?"
            + "(?:\\[[^]]*](?::[0-9]*)?|"
                    .concat(HOST)
                    .concat(":]*|")
                    .concat(HOST)
                    .concat("]*:[0-9]*)"));

    private Link() {}

    /** The scheme, empty when there is none; nothing when the text is no link and no path. */
    public static Optional<String> scheme(String text) {
        Matcher parts = SCHEME.matcher(text);
        boolean absolute = parts.matches();
        String rest = absolute ? parts.group(2) : text;
        boolean readable = !CONTROL.matcher(text).find() && !text.startsWith(":");
        boolean opaque = absolute && !rest.startsWith("/");
        if (!readable || !absolute && !rest.startsWith("/") || !opaque && !isPlace(rest, absolute)) {
            return Optional.empty();
        }
        return Optional.of(absolute ? parts.group(1).toLowerCase(Locale.ROOT) : "");
    }

    private static boolean isPlace(String rest, boolean absolute) {
        String place = rest.split("[?#]", 2)[0];
        if (absolute && place.startsWith("//")) {
            int slash = place.indexOf('/', 2);
            String authority = place.substring(2, slash < 0 ? place.length() : slash);
            place = slash < 0 ? "" : place.substring(slash);
            if (!AUTHORITY.matcher(authority).matches()) {
                return false;
            }
        }
        return !BAD_ESCAPE.matcher(place).find();
    }
}
