package io.meshwright.construct.observability.logs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** The replacements of a rendered configuration, done as the collector does them: by RE2, with Go's templates. */
record RenderedRewrites(List<Step> steps) {
    private static final java.util.regex.Pattern STATEMENT = java.util.regex.Pattern.compile(
            "replace_(?:all_)?patterns?\\(([a-z.]+), (?:\"value\", )?(\"(?:\\\\.|[^\"\\\\])*\"), (\"(?:\\\\.|[^\"\\\\])*\")\\) where (.*) == true");
    private static final java.util.regex.Pattern NOTE =
            java.util.regex.Pattern.compile("set\\(([a-z]+\\.cache\\[\"([a-z.]+) [a-z ]+\"]), true\\) where (.*)");
    private static final java.util.regex.Pattern SIGN = java.util.regex.Pattern.compile(
            "(Index|IsMatch)\\([a-z]+\\.cache\\[\"[a-z. ]+\"], (\"(?:\\\\.|[^\"\\\\])*\")\\)");

    /** One replacement. */
    record Step(Predicate<String> glance, Pattern pattern, String template) {
        String apply(String text) {
            Matcher found = pattern.matcher(text);
            StringBuilder changed = new StringBuilder();
            int told = 0;
            while (found.find()) {
                changed.append(text, told, found.start()).append(expanded(found));
                told = found.end();
            }
            return changed.append(text.substring(told)).toString();
        }

        private String expanded(Matcher found) {
            StringBuilder expanded = new StringBuilder();
            java.util.regex.Matcher group = java.util.regex.Pattern.compile("\\$(?:\\{([0-9]+)}|([0-9]+))")
                    .matcher(template);
            while (group.find()) {
                String value = found.group(Integer.parseInt(group.group(1) == null ? group.group(2) : group.group(1)));
                group.appendReplacement(expanded, java.util.regex.Matcher.quoteReplacement(value == null ? "" : value));
            }
            return group.appendTail(expanded).toString();
        }
    }

    /** Those of a target, such as {@code log.body}, in their order. */
    static RenderedRewrites of(String config, String signal, String target) throws JsonProcessingException {
        List<Step> steps = new ArrayList<>();
        Map<String, Predicate<String>> notes = new HashMap<>();
        JsonNode groups = new YAMLMapper()
                .readTree(config)
                .path("processors")
                .path("transform/redact")
                .path(signal);
        List<JsonNode> statements = new ArrayList<>();
        groups.forEach(group -> group.path("statements").forEach(statements::add));
        for (JsonNode statement : statements) {
            java.util.regex.Matcher note = NOTE.matcher(statement.asText());
            if (note.matches() && note.group(2).equals(target)) {
                notes.put(note.group(1), glance(note.group(3)));
            }
            java.util.regex.Matcher parts = STATEMENT.matcher(statement.asText());
            if (parts.matches() && parts.group(1).equals(target)) {
                steps.add(new Step(
                        notes.get(parts.group(4)), Pattern.compile(literal(parts.group(2))), literal(parts.group(3))));
            }
        }
        return new RenderedRewrites(steps);
    }

    /** The glance falls on the text as it came. */
    String apply(String text) {
        String glanced = text.toLowerCase(Locale.ROOT);
        String changed = text;
        for (Step step : steps) {
            changed = step.glance().test(glanced) ? step.apply(changed) : changed;
        }
        return changed;
    }

    RenderedRewrites without(int index) {
        List<Step> fewer = new ArrayList<>(steps);
        fewer.remove(index);
        return new RenderedRewrites(fewer);
    }

    private static Predicate<String> glance(String signs) throws JsonProcessingException {
        Predicate<String> glance = text -> false;
        java.util.regex.Matcher sign = SIGN.matcher(signs);
        while (sign.find()) {
            String literal = literal(sign.group(2));
            Pattern shape = Pattern.compile(literal.isEmpty() || sign.group(1).equals("IsMatch") ? literal : "");
            glance = glance.or(
                    sign.group(1).equals("Index")
                            ? text -> text.contains(literal)
                            : text -> shape.matcher(text).find());
        }
        return glance;
    }

    /** A string of OTTL has JSON's escapes here; the collector reads two dollar signs as one before. */
    private static String literal(String quoted) throws JsonProcessingException {
        return new ObjectMapper().readValue(quoted.replace("$$", "$"), String.class);
    }
}
