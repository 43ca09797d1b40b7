package io.meshwright.mcp.tool;

import io.meshwright.check.Catalogue;
import io.meshwright.check.Rule;
import io.meshwright.environment.Environment;
import io.meshwright.environment.key.Key;
import io.meshwright.environment.key.KeyTree;
import io.meshwright.reference.Explanation;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Explains a key of environment files or a code of a check. */
final class ExplainTool implements Tool {
    @Override
    public String name() {
        return "explain";
    }

    @Override
    public String title() {
        return "Explain a key or a code";
    }

    @Override
    public String description() {
        return "Tell what a key of environment files is (type, default, bounds, meaning, example), or what a code of a"
                + " check means, such as MESH121.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["what"], "properties": {
                  "what": {"type": "string", "minLength": 1, "maxLength": 300,
                    "description": "A key such as services.*.release.steps, as an error names it (services.web.ports[0].port), or a code such as MESH121."}}}""";
    }

    @Override
    public String source() {
        return "Meshwright's own reference";
    }

    @Override
    public String call(Arguments arguments) {
        String what = arguments.required("what").strip();
        Optional<Rule> rule = Catalogue.rule(what.toUpperCase(Locale.ROOT));
        return rule.isPresent() ? Catalogue.section(rule.get()) : key(what);
    }

    private static String key(String what) {
        KeyTree tree = KeyTree.of(Environment.class);
        List<Key> keys = tree.find(what);
        if (keys.isEmpty()) {
            List<String> near = tree.near(what);
            throw new InvalidValue(
                    "what",
                    "\"%s\" is no key and no code".formatted(what),
                    near.isEmpty() ? "keys tells which there are" : "ask for %s".formatted(String.join(" or ", near)));
        }
        return keys.stream()
                .map(key -> String.join("\n", Explanation.of(tree, key, List.of(), Optional.empty())))
                .collect(Collectors.joining("\n\n"));
    }
}
