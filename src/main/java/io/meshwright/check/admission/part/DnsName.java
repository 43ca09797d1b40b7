package io.meshwright.check.admission.part;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of hosts as the webhook takes them: labels of RFC 1123, in either case, an asterisk only at the beginning. */
public final class DnsName {
    private static final int LONGEST_LABEL = 63;
    private static final int LONGEST_NAME = 255;
    private static final String LABEL = "[a-zA-Z0-9](?:[-a-zA-Z0-9]*[a-zA-Z0-9])?";
    private static final Pattern LABELS = Pattern.compile(LABEL);
    private static final Pattern WILDCARDS = Pattern.compile("\\*|(?:\\*-?)?".concat(LABEL));
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]{1,19}");
    private static final String GENERATED = "outbound_";

    private DnsName() {}

    public static boolean isLabel(String text) {
        return text.length() <= LONGEST_LABEL && LABELS.matcher(text).matches();
    }

    /** Why the text is no full name of a host. */
    public static Optional<String> flaw(String name) {
        return length(name).or(() -> labels(name));
    }

    /** The same, where the first label may be, or begin with, an asterisk. */
    public static Optional<String> wildcardFlaw(String name) {
        return length(name).or(() -> {
            int dot = name.indexOf('.');
            String first = dot < 0 ? name : name.substring(0, dot);
            if (first.length() > LONGEST_LABEL || !WILDCARDS.matcher(first).matches()) {
                return Optional.of("\"%s\" in it is no DNS label".formatted(first));
            }
            return dot < 0 ? Optional.empty() : labels(name.substring(dot + 1));
        });
    }

    /** The same for SNI at a gateway, where Istio's own names for services, outbound_.80_._.web.shop, count as well. */
    public static Optional<String> sniFlaw(String name) {
        if (!name.startsWith(GENERATED) || length(name).isPresent()) {
            return wildcardFlaw(name);
        }
        List<String> parts = List.of(name.split("_", -1));
        boolean fits = parts.size() >= 4
                && parts.get(1).chars().anyMatch(Character::isDigit)
                && parts.get(3).chars().anyMatch(letter -> letter < 128 && Character.isLetter(letter));
        return fits ? Optional.empty() : Optional.of("it is not of the form outbound_.PORT_._.HOST");
    }

    /** True if an asterisk stands in it that is not the whole of its first label. */
    public static boolean isPartialWildcard(String name) {
        return name.indexOf('*') >= 0 && name.length() != 1 && !name.startsWith("*.");
    }

    private static Optional<String> length(String name) {
        if (name.isEmpty()) {
            return Optional.of("it is empty");
        }
        return name.length() > LONGEST_NAME
                ? Optional.of("it is longer than %d characters".formatted(LONGEST_NAME))
                : Optional.empty();
    }

    private static Optional<String> labels(String name) {
        String[] labels = name.split("\\.", -1);
        String last = labels[labels.length - 1];
        if (NUMBER.matcher(last).matches()) {
            return Optional.of("its last label \"%s\" is a number".formatted(last));
        }
        for (int index = 0; index < labels.length; index++) {
            // A name may end with a dot, which keeps resolvers from adding search domains.
            boolean end = index == labels.length - 1 && labels[index].isEmpty();
            if (!end && !isLabel(labels[index])) {
                return Optional.of("\"%s\" in it is no DNS label".formatted(labels[index]));
            }
        }
        return Optional.empty();
    }
}
