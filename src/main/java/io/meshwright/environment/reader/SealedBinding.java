package io.meshwright.environment.reader;

import io.meshwright.environment.key.Suggestions;
import io.meshwright.environment.key.Words;
import io.meshwright.value.Plain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.MappingNode;

/**
 * Makes a mapping the record of a sealed type that one word in it names; without the word nothing below can be judged.
 */
final class SealedBinding {
    private final ValueBinding values;
    private final RecordBinding records;
    private final Problems problems;

    SealedBinding(ValueBinding values, RecordBinding records, Problems problems) {
        this.values = values;
        this.records = records;
        this.problems = problems;
    }

    Optional<?> bind(Class<?> type, PlacedNode placed) {
        Map<String, Class<?>> words = Words.ofSealed(type);
        String key = Words.discriminator(type);
        Entries entries = Entries.of(placed, problems);
        Optional<PlacedNode> given = entries.at(key).map(Entries.Entry::value);
        if (given.isEmpty() && placed.node() instanceof MappingNode) {
            refuseWithout(key, words, placed, entries);
        }
        return given.flatMap(word -> choose(words, word)).flatMap(chosen -> records.bind(chosen, placed, entries, key));
    }

    private void refuseWithout(String key, Map<String, Class<?>> words, PlacedNode placed, Entries entries) {
        String remedy = "give one of %s".formatted(String.join(", ", words.keySet()));
        entries.values().stream()
                .map(Entries.Entry::key)
                .filter(other -> Suggestions.nearest(other.text(), List.of(key)).isPresent())
                .findFirst()
                .ifPresentOrElse(
                        other -> problems.add(other, "is unknown", "write \"%s\" and %s".formatted(key, remedy)),
                        () -> problems.add(placed.key(), placed.path().key(key), "is missing", remedy));
    }

    private Optional<Class<?>> choose(Map<String, Class<?>> words, PlacedNode placed) {
        Optional<String> word = values.text(placed);
        if (word.isPresent() && !words.containsKey(word.get())) {
            problems.add(
                    placed,
                    "%s is unknown".formatted(Plain.quoted(word.get())),
                    Suggestions.remedy(word.get(), words.keySet()));
        }
        return word.map(words::get);
    }
}
