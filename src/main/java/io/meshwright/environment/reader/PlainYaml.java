package io.meshwright.environment.reader;

import io.meshwright.value.KeyPath;
import io.meshwright.value.Plain;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/** Admits one document without anchors, aliases, tags and directives: what stands at a key is what is read there. */
final class PlainYaml {
    private final Problems problems;
    private final int admitted;
    private int documents;

    private PlainYaml(Problems problems, int admitted) {
        this.problems = problems;
        this.admitted = admitted;
    }

    static boolean holds(Parser events, Problems problems) {
        return holds(events, problems, 1);
    }

    /** The same of a file that may hold several documents. */
    static boolean holdsMany(Parser events, Problems problems) {
        return holds(events, problems, Integer.MAX_VALUE);
    }

    private static boolean holds(Parser events, Problems problems, int admitted) {
        PlainYaml plain = new PlainYaml(problems, admitted);
        for (Event event = events.getEvent(); !event.is(Event.ID.StreamEnd); event = events.getEvent()) {
            plain.look(event);
        }
        return problems.none();
    }

    private void look(Event event) {
        if (event instanceof DocumentStartEvent start) {
            documents++;
            refuse(admitted == 1 && documents == 2, start, "a second document begins", "keep one document in the file");
            boolean directives = start.getVersion() != null
                    || start.getTags() != null && !start.getTags().isEmpty();
            refuse(
                    directives,
                    start,
                    "a YAML directive stands before the document",
                    "remove the line that begins with %");
        } else if (event instanceof AliasEvent alias) {
            refuse(
                    true,
                    alias,
                    "alias %s is not supported".formatted(quoted(alias.getAnchor())),
                    "write the value out");
        } else if (event instanceof NodeEvent node) {
            refuse(
                    node.getAnchor() != null,
                    node,
                    "anchor %s is not supported".formatted(quoted(node.getAnchor())),
                    "remove it");
            String tag = tag(node);
            refuse(tag != null, node, "tag %s is not supported".formatted(quoted(tag)), "remove it");
        }
    }

    private static @Nullable String tag(NodeEvent event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    }

    private static String quoted(@Nullable String word) {
        return Plain.quoted(String.valueOf(word));
    }

    private void refuse(boolean wrong, Event at, String problem, String remedy) {
        if (wrong) {
            problems.add(at.getStartMark(), KeyPath.root(), problem, remedy);
        }
    }
}
