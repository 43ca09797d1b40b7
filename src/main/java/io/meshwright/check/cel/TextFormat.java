package io.meshwright.check.cel;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The forms of texts that expressions know by name. */
record TextFormat(String name, Predicate<String> fits) {
    private static final String LABEL = "[a-z0-9](?:[-a-z0-9]*[a-z0-9])?";
    private static final String NAME = "[A-Za-z0-9](?:[-A-Za-z0-9_.]*[A-Za-z0-9])?";
    private static final String SUBDOMAIN = "%1$s(?:\\.%1$s)*".formatted(LABEL);
    private static final Map<String, TextFormat> KNOWN = known();

    static Optional<TextFormat> named(String name) {
        return Optional.ofNullable(KNOWN.get(name));
    }

    static Iterable<TextFormat> all() {
        return KNOWN.values();
    }

    private static Map<String, TextFormat> known() {
        Map<String, TextFormat> known = new LinkedHashMap<>();
        matching(known, "dns1123Label", 63, LABEL);
        matching(known, "dns1123Subdomain", 253, SUBDOMAIN);
        matching(known, "dns1035Label", 63, "[a-z](?:[-a-z0-9]*[a-z0-9])?");
        matching(known, "qualifiedName", 317, "(?:(?=[^/]{1,253}/)%s/)?(?=[^/]{1,63}$)%s".formatted(SUBDOMAIN, NAME));
        // The beginnings of names to which the API server adds letters may end with a dash.
        matching(known, "dns1123LabelPrefix", 63, "[a-z0-9](?:[-a-z0-9]*)");
        matching(known, "dns1123SubdomainPrefix", 253, "%s-*(?:\\.%s-*)*".formatted(LABEL, LABEL));
        matching(known, "dns1035LabelPrefix", 63, "[a-z](?:[-a-z0-9]*)");
        matching(known, "labelValue", 63, "(?:%s)?".formatted(NAME));
        matching(known, "uuid", 36, "(?i)[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}");
        put(known, "uri", text -> UrlValue.of(text).isPresent());
        put(known, "byte", text -> reads(() -> Base64.getDecoder().decode(text.replace("\n", ""))));
        put(known, "date", text -> reads(() -> LocalDate.parse(text)));
        put(known, "datetime", text -> reads(() -> OffsetDateTime.parse(text)));
        return known;
    }

    private static void matching(Map<String, TextFormat> known, String name, int longest, String pattern) {
        Pattern form = Pattern.compile(pattern);
        put(known, name, text -> text.length() <= longest && form.matcher(text).matches());
    }

    private static void put(Map<String, TextFormat> known, String name, Predicate<String> fits) {
        known.put(name, new TextFormat(name, fits));
    }

    private static boolean reads(Runnable reading) {
        try {
            reading.run();
            return true;
        } catch (DateTimeException | IllegalArgumentException none) {
            return false;
        }
    }
}
