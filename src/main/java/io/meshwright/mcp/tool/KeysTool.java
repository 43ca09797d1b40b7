package io.meshwright.mcp.tool;

import io.meshwright.environment.Environment;
import io.meshwright.environment.key.Key;
import io.meshwright.environment.key.KeyFacts;
import io.meshwright.environment.key.KeyTree;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lists the keys of environment files. */
final class KeysTool implements Tool {
    @Override
    public String name() {
        return "keys";
    }

    @Override
    public String title() {
        return "List keys";
    }

    @Override
    public String description() {
        return "List the keys of environment files with a sentence for each: the parts of a file, or with part every key"
                + " below that part. explain tells all about one.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "properties": {
                  "part": {"type": "string", "pattern": "^[A-Za-z][A-Za-z0-9]{0,60}$", "description": "Such as services."}}}""";
    }

    @Override
    public String source() {
        return "Meshwright's own reference";
    }

    @Override
    public String call(Arguments arguments) {
        KeyTree tree = KeyTree.of(Environment.class);
        Optional<String> part = arguments.text("part");
        if (part.isEmpty()) {
            return lines(tree.parts());
        }
        List<Key> below = tree.everywhere().stream()
                .filter(key -> key.way().get(0).step().equals(part.get())
                        && key.component().isPresent())
                .toList();
        if (below.isEmpty()) {
            throw new InvalidValue(
                    "part",
                    "\"%s\" is none".formatted(part.get()),
                    "name one of %s"
                            .formatted(tree.parts().stream().map(Key::path).collect(Collectors.joining(", "))));
        }
        return lines(below);
    }

    private static String lines(List<Key> keys) {
        return keys.stream()
                .map(key -> "%s: %s".formatted(key.path(), KeyFacts.sentence(key)))
                .distinct()
                .collect(Collectors.joining("\n"));
    }
}
