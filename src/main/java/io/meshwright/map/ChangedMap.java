package io.meshwright.map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Manifest;
import io.meshwright.plan.Plan;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectId;
import io.meshwright.plan.side.Sides;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The maps of both sides of a plan in one: what is added, changed and removed, with the sentences beside it. */
public final class ChangedMap {
    private static final String ADDED = "added";
    private static final String CHANGED = "changed";
    private static final String REMOVED = "removed";

    private final Plan plan;
    private final Sides sides;
    private final Map<String, MapNode> nodesBefore;
    private final Map<String, MapNode> nodesAfter;
    private final Map<String, MapEdge> edgesBefore;
    private final Map<String, MapEdge> edgesAfter;
    private final MapModel both;
    private final Set<ObjectId> touched;

    private ChangedMap(Plan plan, Sides sides) {
        this.plan = plan;
        this.sides = sides;
        MapModel before = MapModel.of(sides.before().mesh());
        MapModel after = MapModel.of(sides.after().mesh());
        this.nodesBefore = byId(before.nodes(), MapNode::id);
        this.nodesAfter = byId(after.nodes(), MapNode::id);
        this.edgesBefore = byId(before.edges(), MapEdge::id);
        this.edgesAfter = byId(after.edges(), MapEdge::id);
        this.both = after.and(before);
        this.touched = plan.objects().stream()
                .filter(change -> !(change instanceof ObjectChange.Moved))
                .map(ObjectChange::id)
                .collect(Collectors.toSet());
    }

    private static <T> Map<String, T> byId(List<T> all, Function<T, String> id) {
        return all.stream().collect(Collectors.toMap(id, each -> each));
    }

    /** As its page reads it; requests end as they will. */
    public static ObjectNode of(Plan plan, Sides sides) {
        return new ChangedMap(plan, sides).json();
    }

    private ObjectNode json() {
        ObjectNode json = new MapData(plan.environment(), both)
                .drawn(node -> List.of(), this::change, this::change)
                .withRequests(sides.after().mesh(), List.of())
                .json();
        ArrayNode changes = json.putArray("changes");
        plan.changes().forEach(change -> sentence(changes.addObject(), change));
        return json;
    }

    private String change(MapNode node) {
        if (!nodesBefore.containsKey(node.id())) {
            return ADDED;
        }
        if (!nodesAfter.containsKey(node.id())) {
            return REMOVED;
        }
        boolean same = ids(nodesBefore.get(node.id())).equals(ids(nodesAfter.get(node.id())));
        return same && ids(node).stream().noneMatch(touched::contains) ? "" : CHANGED;
    }

    private static Set<ObjectId> ids(MapNode node) {
        return node.objects().stream().map(ObjectId::of).collect(Collectors.toSet());
    }

    private String change(MapEdge edge) {
        MapEdge before = edgesBefore.get(edge.id());
        MapEdge after = edgesAfter.get(edge.id());
        if (before == null) {
            return ADDED;
        }
        return after == null ? REMOVED : before.equals(after) ? "" : CHANGED;
    }

    private void sentence(ObjectNode json, Change change) {
        json.put("risk", change.risk().word());
        json.put("text", change.toString());
        change.reasons().forEach(json.putArray("reasons")::add);
        String said = Stream.concat(Stream.of(change.subject()), change.reasons().stream())
                .collect(Collectors.joining(" ", " ", " "));
        Set<String> words = new HashSet<>(List.of(said.split("[\\s,]+|://")));
        ArrayNode nodes = json.putArray("nodes");
        both.nodes().stream().filter(node -> concerns(node, words, said)).forEach(node -> nodes.add(node.id()));
    }

    /** Tells whether a sentence names the host or workload that a node is, or an object that makes it. */
    private static boolean concerns(MapNode node, Set<String> words, String said) {
        return switch (node.column()) {
            case HOST, OUTSIDE -> words.stream().anyMatch(word -> isHost(word, node.label())) || names(node, said);
            case WORKLOAD -> words.contains("%s/%s".formatted(node.namespace(), node.label())) || names(node, said);
            case CLIENT, GATEWAY, SERVICE -> names(node, said);
        };
    }

    private static boolean isHost(String word, String host) {
        return word.equals(host) || word.startsWith(host.concat("/")) || word.startsWith(host.concat(":"));
    }

    private static boolean names(MapNode node, String said) {
        return node.objects().stream()
                .map(Manifest::toString)
                .anyMatch(object -> said.contains(" %s ".formatted(object)));
    }
}
