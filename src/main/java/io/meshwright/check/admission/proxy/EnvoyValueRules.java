package io.meshwright.check.admission.proxy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.admission.field.Field;
import io.meshwright.mesh.extension.EnvoyMessages;
import io.meshwright.mesh.extension.FieldType;
import io.meshwright.mesh.extension.FieldType.Shape;
import io.meshwright.mesh.extension.PatchValue;
import io.meshwright.mesh.extension.ProxyPatch;
import io.meshwright.mesh.terms.GoTime;
import io.meshwright.mesh.terms.Source;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * The values of patches as istiod reads them into Envoy's messages: what is of a wrong kind is refused, and a field
 * that a message does not have is dropped (pkg/config/xds, BuildXDSObjectFromStruct).
 */
final class EnvoyValueRules implements PatchValue.Visitor {
    // JSON of protocol buffers takes numbers as texts too, in its own words (protobuf.dev, ProtoJSON).
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?");
    private static final Pattern NOT_FINITE = Pattern.compile("NaN|-?Infinity");
    private static final Pattern WHOLE = Pattern.compile("-?\\d+");

    private final Field patches;

    private EnvoyValueRules(Field patches) {
        this.patches = patches;
    }

    /** Looks at the value of a patch, which is an item of {@code configPatches}. */
    static void examine(Field entry) {
        PatchValue.visit(new ProxyPatch(entry.source()), new EnvoyValueRules(entry));
    }

    @Override
    public void value(Source source, JsonNode value, FieldType type) {
        if (type.shape() == Shape.LIST) {
            expect(source, value, value.isArray(), "a list");
        } else if (type.shape() == Shape.MAP) {
            expect(source, value, value.isObject(), "a mapping");
        } else {
            single(source, value, type);
        }
    }

    private void single(Source source, JsonNode value, FieldType type) {
        switch (type.kind()) {
            case "any" -> typed(source, value);
            case "bool" -> expect(source, value, value.isBoolean(), "true or false");
            case "bytes", "string" -> expect(source, value, value.isTextual(), "a text");
            case "duration" -> {
                boolean time =
                        value.isTextual() && GoTime.nanos(value.textValue()).isPresent();
                expect(source, value, time, "a time such as 10s");
            }
            case "double" -> expect(source, value, isWritten(value, NUMBER) || isText(value, NOT_FINITE), "a number");
            case "int32" -> whole(source, value, true, 31);
            case "int64" -> whole(source, value, true, 63);
            case "uint32" -> whole(source, value, false, 32);
            case "uint64" -> whole(source, value, false, 64);
            case "enum" -> named(source, value, type.choice());
            case "free" -> {}
            default -> expect(source, value, value.isObject(), "a mapping");
        }
    }

    private static boolean isWritten(JsonNode value, Pattern number) {
        return value.isNumber() || isText(value, number);
    }

    private static boolean isText(JsonNode value, Pattern pattern) {
        return value.isTextual() && pattern.matcher(value.textValue()).matches();
    }

    /** A number of so many bits, beside the one for a sign. */
    private void whole(Source source, JsonNode value, boolean signed, int bits) {
        if (!isWritten(value, WHOLE)) {
            expect(source, value, false, "a number");
            return;
        }
        BigDecimal number = value.isNumber() ? value.decimalValue() : new BigDecimal(value.textValue());
        BigInteger end = BigInteger.ONE.shiftLeft(bits);
        BigInteger begin = signed ? end.negate() : BigInteger.ZERO;
        boolean fits = number.compareTo(new BigDecimal(begin)) >= 0 && number.compareTo(new BigDecimal(end)) < 0;
        expect(source, value, number.stripTrailingZeros().scale() <= 0, "a whole number");
        expect(source, value, fits, "from %s to %s".formatted(begin, end.subtract(BigInteger.ONE)));
    }

    private void named(Source source, JsonNode value, String enumeration) {
        expect(source, value, value.isNumber() || value.isTextual(), "a name");
        if (value.isTextual() && !EnvoyMessages.all().isNamed(enumeration, value.textValue())) {
            patches.refuse(
                    source,
                    "Envoy's %s has no \"%s\"".formatted(EnvoyMessages.simple(enumeration), value.textValue()),
                    "Look up %s in Envoy's API.".formatted(enumeration));
        }
    }

    private void typed(Source source, JsonNode value) {
        expect(source, value, value.isObject(), "a mapping");
        if (EnvoyMessages.all().isMisspelt(PatchValue.named(value))) {
            patches.refuse(
                    source.field("@type"),
                    "Envoy has no type \"%s\"".formatted(PatchValue.named(value)),
                    "Write a type of Envoy's API.");
        }
    }

    @Override
    public void message(Source source, JsonNode value, String type, boolean whole) {
        // Its fields are looked at one by one.
    }

    @Override
    public void unknown(Source source, String key, String message) {
        if (!key.equals("@type")) {
            patches.warn(
                    source,
                    "Envoy's %s has no field \"%s\", and istiod drops it".formatted(EnvoyMessages.simple(message), key),
                    "Look up %s in Envoy's API.".formatted(message));
        }
    }

    private void expect(Source source, JsonNode value, boolean holds, String what) {
        if (!holds) {
            patches.refuse(source, "%s is not %s".formatted(value, what), "Write %s.".formatted(what));
        }
    }
}
