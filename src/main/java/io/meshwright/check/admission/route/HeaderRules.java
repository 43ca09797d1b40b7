package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of headers that are matched, listed or changed, and the changes. */
final class HeaderRules {
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+\\-.^_`|~A-Za-z0-9]+");
    private static final Pattern PLAIN = Pattern.compile("[-_A-Za-z0-9]+");
    private static final Set<String> PSEUDO = Set.of(":method", ":scheme", ":authority", ":path", ":status");
    private static final String REMEDY = "Write a name such as x-user; a path or method is matched by uri or method.";

    private HeaderRules() {}

    /** A header of a match stands under its name, under a pseudo header's, or under that of a claim. */
    static void matched(Field header) {
        String name = header.key();
        boolean every = header.version().matchesEveryHeader();
        boolean known = every && PSEUDO.contains(name) || isName(name, every);
        if (!VirtualServiceRules.isClaim(name) && !known) {
            header.refuse("\"%s\" is no name of a header".formatted(name), REMEDY);
        }
    }

    private static boolean isName(String text, boolean every) {
        return (every ? NAME : PLAIN).matcher(text).matches();
    }

    /** A header in the lists of a CORS policy, where an asterisk stands for all. */
    static void listed(Field header) {
        if (!header.text().equals("*")
                && !isName(header.text(), header.version().matchesEveryHeader())) {
            header.refuse(
                    "\"%s\" is no name of a header".formatted(header.text()),
                    "Write a name such as content-type, or *.");
        }
    }

    /** Headers that a route adds to, sets in and removes from requests and responses. */
    static void operations(Field headers) {
        for (String change : List.of("add", "set")) {
            headers.at("request").at(change).entries().forEach(header -> {
                written(header, isFixed(header.key()) && !isAuthority(header.key()), header.key());
                HeaderValue.examine(header);
            });
            headers.at("response").at(change).entries().forEach(header -> {
                written(header, isFixed(header.key()), header.key());
                HeaderValue.examine(header);
            });
        }
        for (String message : List.of("request", "response")) {
            headers.at(message)
                    .at("remove")
                    .items()
                    .forEach(header -> written(header, isFixed(header.text()), header.text()));
        }
    }

    private static void written(Field header, boolean fixed, String name) {
        if (name.isEmpty()) {
            header.refuse("a header has no name", "Name the header.");
        } else if (fixed) {
            header.refuse(
                    "\"%s\" cannot be changed as a header".formatted(name),
                    "Use rewrite.authority for the host and rewrite.uri for the path.");
        }
    }

    private static boolean isFixed(String name) {
        return name.startsWith(":") || name.equalsIgnoreCase("host");
    }

    static boolean isAuthority(String name) {
        return name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host");
    }
}
