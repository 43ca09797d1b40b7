package io.meshwright.check.admission.security;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.PolicyTargets;
import java.util.List;
import java.util.regex.Pattern;

/** Rules for the requests that are meant by a rule of an AuthorizationPolicy. */
final class OperationRules {
    private static final List<String> FIELDS =
            List.of("ports", "notPorts", "methods", "notMethods", "paths", "notPaths", "hosts", "notHosts");
    private static final List<String> PATHS = List.of("paths", "notPaths");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final int HIGHEST = 65_535;
    private static final String SEGMENT = "{*}";
    private static final String SEGMENTS = "{**}";
    private static final Pattern LITERAL = Pattern.compile("[a-zA-Z0-9\\-._~%!$&'()+,;:@=]+");

    private OperationRules() {}

    static void examine(Field operation) {
        if (FIELDS.stream().allMatch(field -> operation.at(field).isEmpty())) {
            operation.refuse("the operation fits everything and nothing", "Write one of its fields, or remove it.");
        }
        FIELDS.stream()
                .filter(field -> !field.endsWith("orts"))
                .forEach(field -> PolicyTargets.texts(operation.at(field)));
        ports(operation.at("ports"));
        ports(operation.at("notPorts"));
        PATHS.forEach(field -> operation.at(field).items().forEach(OperationRules::path));
    }

    /** Ports, which rules write as texts. */
    static void ports(Field ports) {
        for (Field port : ports.items()) {
            if (!NUMBER.matcher(port.text()).matches() || Integer.parseInt(port.text()) > HIGHEST) {
                port.refuse(
                        "\"%s\" is no port".formatted(port.text()), "Write a port from 1 to %d.".formatted(HIGHEST));
            }
        }
    }

    private static void path(Field path) {
        String text = path.text();
        boolean template = text.contains(SEGMENT) || text.contains(SEGMENTS);
        boolean ended = false;
        for (String part : trimmed(text).split("/", -1)) {
            boolean sign = part.equals(SEGMENT) || part.equals(SEGMENTS);
            boolean bad = sign
                    ? ended
                    : part.indexOf('{') >= 0
                            || part.indexOf('}') >= 0
                            || template && !LITERAL.matcher(part).matches();
            if (path.version().knowsPathTemplates() && bad) {
                path.refuse(
                        "\"%s\" is no template of a path".formatted(text),
                        "Write {*} for one whole segment, {**} once at the end for the rest, and no other braces.");
                return;
            }
            ended |= part.equals(SEGMENTS);
        }
    }

    private static String trimmed(String path) {
        return path.replaceAll("\\A/+|/+\\z", "");
    }
}
