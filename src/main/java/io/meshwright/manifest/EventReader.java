package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Unreadable.Flaw;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.Parser;

/** Builds JSON straight from YAML events, which takes a fraction of the memory of YAML nodes with marks. */
final class EventReader {
    private static final int DEEPEST = 200;
    // An alias costs nothing here, but whoever walks the result pays for it each time.
    private static final long MOST_NODES = 3_000_000;
    private static final String MERGE = "<<";

    /** Hears where things stand and what is odd while a document is read. */
    interface Listener {
        /** True if {@link #stands} is wanted; building pointers is the dear part. */
        boolean wantsPlaces();

        void stands(String pointer, Mark mark);

        void duplicate(String key, Mark mark);
    }

    private record Anchored(JsonNode node, long size) {}

    private static final Anchored OPEN = new Anchored(MissingNode.getInstance(), 0);

    private final Parser events;
    private final Listener listener;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private long nodes;
    private int depth;

    EventReader(Parser events, Listener listener) {
        this.events = events;
        this.listener = listener;
    }

    /** The node that begins with the next event. */
    JsonNode read() {
        listener.stands("", events.peekEvent().getStartMark());
        return node("");
    }

    private JsonNode node(String pointer) {
        NodeEvent event = (NodeEvent) events.getEvent();
        count(1, event.getStartMark());
        if (event instanceof AliasEvent) {
            return alias(event);
        }
        long before = nodes;
        anchor(event, OPEN);
        JsonNode node = event instanceof ScalarEvent scalar ? Scalars.of(scalar) : collection(event, pointer);
        anchor(event, new Anchored(node, nodes - before + 1));
        return node;
    }

    private JsonNode collection(NodeEvent start, String pointer) {
        if (++depth > DEEPEST) {
            throw new BadDocument(
                    Flaw.SIZE,
                    start.getStartMark(),
                    "document: nested deeper than %d levels; flatten it".formatted(DEEPEST));
        }
        JsonNode node = start instanceof MappingStartEvent ? mapping(pointer) : sequence(pointer);
        depth--;
        return node;
    }

    private ArrayNode sequence(String pointer) {
        ArrayNode items = JsonNodeFactory.instance.arrayNode();
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            items.add(node(child(
                    pointer, Integer.toString(items.size()), events.peekEvent().getStartMark())));
        }
        events.getEvent();
        return items;
    }

    private ObjectNode mapping(String pointer) {
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        List<ObjectNode> merged = new ArrayList<>();
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            Event next = events.peekEvent();
            Mark mark = next.getStartMark();
            if (next instanceof ScalarEvent scalar && scalar.isPlain() && MERGE.equals(scalar.getValue())) {
                events.getEvent();
                merge(node(child(pointer, MERGE, mark)), merged, mark);
                continue;
            }
            String key = key();
            if (fields.has(key)) {
                listener.duplicate(key, mark);
            }
            fields.set(key, node(child(pointer, key, mark)));
        }
        events.getEvent();
        // A key written here beats a merged one, and an earlier merge beats a later one (yaml.org/type/merge.html).
        merged.forEach(
                from -> from.properties().forEach(field -> fields.putIfAbsent(field.getKey(), field.getValue())));
        return fields;
    }

    private String key() {
        Event event = events.getEvent();
        count(1, event.getStartMark());
        if (event instanceof ScalarEvent scalar) {
            String key = Scalars.key(scalar);
            anchor(scalar, new Anchored(Scalars.of(scalar), 1));
            return key;
        }
        if (event instanceof AliasEvent alias) {
            JsonNode node = alias(alias);
            if (node.isValueNode()) {
                return node.asText();
            }
        }
        throw new BadDocument(
                Flaw.SYNTAX, event.getStartMark(), "key: must be a text; a mapping or list cannot be one");
    }

    private void merge(JsonNode value, List<ObjectNode> merged, Mark mark) {
        List<JsonNode> sources = value.isArray() ? Fields.items(value) : List.of(value);
        for (JsonNode source : sources) {
            if (!(source instanceof ObjectNode fields)) {
                throw new BadDocument(
                        Flaw.SYNTAX, mark, "<<: merges mappings only; give a mapping or a list of mappings");
            }
            count(fields.size(), mark);
            merged.add(fields);
        }
    }

    private JsonNode alias(NodeEvent alias) {
        Anchored anchored = anchors.get(alias.getAnchor());
        Mark mark = alias.getStartMark();
        if (anchored == null) {
            throw new BadDocument(
                    Flaw.SYNTAX, mark, "*%s: names no anchor; define it before its use".formatted(alias.getAnchor()));
        }
        if (anchored == OPEN) {
            throw new BadDocument(
                    Flaw.RECURSION, mark, "*%s: contains itself; write it out".formatted(alias.getAnchor()));
        }
        count(anchored.size(), mark);
        return anchored.node();
    }

    private void anchor(NodeEvent event, Anchored anchored) {
        if (event.getAnchor() != null) {
            anchors.put(event.getAnchor(), anchored);
        }
    }

    private void count(long more, Mark mark) {
        nodes += more;
        if (nodes > MOST_NODES) {
            throw new BadDocument(
                    Flaw.SIZE,
                    mark,
                    "document: more than %d values with its aliases written out; split it".formatted(MOST_NODES));
        }
    }

    private String child(String pointer, String key, Mark mark) {
        if (!listener.wantsPlaces()) {
            return pointer;
        }
        String child = Pointers.child(pointer, key);
        listener.stands(child, mark);
        return child;
    }
}
