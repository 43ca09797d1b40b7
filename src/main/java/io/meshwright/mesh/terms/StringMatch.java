package io.meshwright.mesh.terms;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Istio's exact, prefix or regex, or the Gateway API's prefix; a match of no type asks only whether the value is there.
 */
public record StringMatch(Type type, String text, Optional<Pattern> pattern) {
    /** Each request meets the same few, and compiling one takes longer than matching. */
    private static final Map<String, StringMatch> KNOWN = new ConcurrentHashMap<>();

    private static final int MOST_KNOWN = 1000;

    /**
     * Ways to compare a text; {@code SEGMENTS} is a prefix that ends with a whole path segment, as the Gateway API has
     * it, {@code BROKEN} a regex that RE2 refuses, which matches nothing.
     */
    public enum Type {
        EXACT,
        PREFIX,
        SEGMENTS,
        REGEX,
        PRESENT,
        BROKEN
    }

    public static StringMatch of(JsonNode match) {
        for (Type type : new Type[] {Type.EXACT, Type.PREFIX, Type.SEGMENTS, Type.REGEX}) {
            JsonNode text = match.path(type.name().toLowerCase(Locale.ROOT));
            if (text.isTextual()) {
                return type == Type.REGEX
                        ? regex(text.asText())
                        : new StringMatch(type, text.asText(), Optional.empty());
            }
        }
        return new StringMatch(Type.PRESENT, "", Optional.empty());
    }

    private static StringMatch regex(String text) {
        if (KNOWN.size() > MOST_KNOWN) {
            KNOWN.clear();
        }
        return KNOWN.computeIfAbsent(text, StringMatch::compiled);
    }

    private static StringMatch compiled(String text) {
        try {
            return new StringMatch(Type.REGEX, text, Optional.of(Pattern.compile(text)));
        } catch (PatternSyntaxException refused) {
            return new StringMatch(Type.BROKEN, text, Optional.empty());
        }
    }

    /** Prefixes are plain text: {@code /api} fits {@code /apiary}. A regex must fit the whole value. */
    public boolean fits(String value) {
        return switch (type) {
            case EXACT -> value.equals(text);
            case PREFIX -> value.startsWith(text);
            case SEGMENTS -> value.equals(text) || value.startsWith(text.concat("/"));
            case REGEX -> pattern.orElseThrow().matches(value);
            case PRESENT -> true;
            case BROKEN -> false;
        };
    }

    /** The same without regard to case, which Istio offers for exact and prefix paths only. */
    public boolean fitsIgnoringCase(String value) {
        return switch (type) {
            case EXACT -> value.equalsIgnoreCase(text);
            case PREFIX -> value.regionMatches(true, 0, text, 0, text.length());
            default -> fits(value);
        };
    }

    /**
     * Asks only whether the value is there: so is the regex {@code *} read, which is none in RE2
     * (canBeConvertedToPresentMatch).
     */
    public boolean isPresence() {
        return type == Type.PRESENT || text.equals("*") && (type == Type.REGEX || type == Type.BROKEN);
    }
}
