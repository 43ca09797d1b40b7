package io.meshwright.environment.reader;

import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Calls an unquoted scalar a number, a yes-or-no value or empty as soon as YAML 1.1 or YAML 1.2 would, since programs
 * that read the same text differ in this; dates and merge keys stay texts, as in YAML 1.2.
 */
final class CoreResolver extends Resolver {
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+");
    private static final Pattern DECIMAL =
            Pattern.compile("[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?");
    private static final String DIGITS = "-+.0123456789";

    @Override
    protected void addImplicitResolvers() {
        addImplicitResolver(Tag.NULL, EMPTY, null);
        addImplicitResolver(Tag.NULL, NULL, "~nN");
        addImplicitResolver(Tag.BOOL, BOOL, "yYnNtTfFoO");
        addImplicitResolver(Tag.INT, INT, DIGITS);
        addImplicitResolver(Tag.INT, INTEGER, DIGITS);
        addImplicitResolver(Tag.FLOAT, FLOAT, DIGITS);
        addImplicitResolver(Tag.FLOAT, DECIMAL, DIGITS);
    }
}
