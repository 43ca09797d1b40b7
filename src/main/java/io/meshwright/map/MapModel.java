package io.meshwright.map;

import io.meshwright.mesh.Mesh;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Nodes and edges of a mesh: clients, gateways, hosts, Services, workloads and what is outside.
 *
 * @param withCalls whether the edges tell which workload may call what; in a large mesh they would take minutes and
 *     hide the rest
 */
record MapModel(List<MapNode> nodes, List<MapEdge> edges, boolean withCalls) {
    static final String CLIENTS = "clients";

    static MapModel of(Mesh mesh) {
        return new MeshReader(mesh).read();
    }

    /** This one, with what only another has. */
    MapModel and(MapModel other) {
        Set<String> known = nodes.stream().map(MapNode::id).collect(Collectors.toSet());
        List<MapNode> all = new ArrayList<>(nodes);
        other.nodes.stream().filter(node -> !known.contains(node.id())).forEach(all::add);
        Set<String> drawn = edges.stream().map(MapEdge::id).collect(Collectors.toSet());
        List<MapEdge> lines = new ArrayList<>(edges);
        other.edges.stream().filter(edge -> !drawn.contains(edge.id())).forEach(lines::add);
        return new MapModel(all, lines, withCalls && other.withCalls);
    }
}
