package io.meshwright.check.schema;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import io.meshwright.check.cel.Language;
import io.meshwright.manifest.Fields;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The rules of a schema in the Common Expression Language. */
final class CelRules {
    private static final String RULES = "x-kubernetes-validations";
    private static final String OLD = "oldSelf";
    private static final Map<String, Optional<CelRuntime.Program>> PROGRAMS = new ConcurrentHashMap<>();

    private CelRules() {}

    /** Why the value breaks the rules that stand in its schema. */
    static List<String> of(JsonNode schema, JsonNode value) {
        List<JsonNode> rules = Fields.items(schema.path(RULES));
        if (rules.isEmpty()) {
            return List.of();
        }
        List<JsonNode> doubtful = rules.stream()
                .filter(rule -> !comparesWithBefore(rule) && !PlainRules.hold(text(rule), value))
                .toList();
        if (doubtful.isEmpty()) {
            return List.of();
        }
        Object self = CelValue.of(schema, value);
        return doubtful.stream()
                .filter(rule -> !holds(text(rule), self))
                .map(rule -> Fields.text(rule.path("message"))
                        .orElse("it breaks the rule %s".formatted(text(rule).strip())))
                .toList();
    }

    private static String text(JsonNode rule) {
        return rule.path("rule").asText("");
    }

    /** Rules on what the object was before have nothing to compare in a file. */
    private static boolean comparesWithBefore(JsonNode rule) {
        return text(rule).contains(OLD) && !rule.path("optionalOldSelf").asBoolean(false);
    }

    private static boolean holds(String rule, Object self) {
        return PROGRAMS.computeIfAbsent(rule, Language::program)
                .map(program -> {
                    try {
                        return !Boolean.FALSE.equals(program.eval(Map.of("self", self, OLD, Optional.empty())));
                    } catch (CelEvaluationException broken) {
                        // The API server takes a rule that cannot be evaluated for one that is broken.
                        return false;
                    }
                })
                .orElse(true);
    }
}
