package io.meshwright.check;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** docs/codes.txt: every code that was ever given to a rule, whether or not the rule is still there. */
public final class Codes {
    private static final String HEAD = """
            # Every code that a check was ever given, with the name of its rule: `meshwright docs` adds those of new rules
            # and takes none away, so that no suppression ever comes to mean something else.
            """;

    private Codes() {}

    /**
     * The whole file, with what it says already.
     *
     * @throws IllegalStateException when a rule has a code that was another one's
     */
    public static String listing(String before) {
        Map<String, String> names = new TreeMap<>();
        before.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> line.split(" "))
                .forEach(parts -> names.put(parts[0], parts[1]));
        for (Rule rule : Catalogue.rules()) {
            String given = names.putIfAbsent(rule.code(), rule.name());
            if (given != null && !given.equals(rule.name())) {
                throw new IllegalStateException(
                        "%s: the code was given to %s before; give %s one that is not in codes.txt"
                                .formatted(rule.code(), given, rule.name()));
            }
        }
        return names.entrySet().stream()
                .map(entry -> "%s %s\n".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("", HEAD, ""));
    }
}
