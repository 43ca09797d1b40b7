package io.meshwright.map;

import io.meshwright.map.MapNode.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Places nodes in columns, the boxes of namespaces below each other and hosts beside what they lead to; whole numbers,
 * so that every machine draws the same.
 */
final class MapLayout {
    /** Middle of a node, in pixels at the first zoom. */
    record Point(int x, int y) {}

    private static final int WIDTH = 380;
    private static final int HEIGHT = 64;
    private static final int BETWEEN_BOXES = 56;

    private final Map<String, Point> points = new LinkedHashMap<>();

    private MapLayout() {}

    static Map<String, Point> of(MapModel model) {
        MapLayout layout = new MapLayout();
        int bottom = layout.boxes(model);
        layout.column(model, Column.OUTSIDE, bottom);
        layout.column(model, Column.HOST, bottom);
        layout.column(model, Column.GATEWAY, bottom);
        layout.column(model, Column.CLIENT, bottom);
        return layout.points;
    }

    /** Services and workloads, box by box; what they take in height. */
    private int boxes(MapModel model) {
        Map<String, List<MapNode>> boxes = new TreeMap<>();
        model.nodes().stream()
                .filter(node -> node.column() == Column.SERVICE || node.column() == Column.WORKLOAD)
                .forEach(node -> boxes.computeIfAbsent(node.namespace(), none -> new ArrayList<>())
                        .add(node));
        int y = 0;
        for (List<MapNode> box : boxes.values()) {
            int rows = 0;
            for (Column column : List.of(Column.SERVICE, Column.WORKLOAD)) {
                List<MapNode> nodes = box.stream()
                        .filter(node -> node.column() == column)
                        .sorted(Comparator.comparing(MapNode::label))
                        .toList();
                for (int row = 0; row < nodes.size(); row++) {
                    points.put(nodes.get(row).id(), new Point(column.number() * WIDTH, y + row * HEIGHT));
                }
                rows = Math.max(rows, nodes.size());
            }
            y += rows * HEIGHT + BETWEEN_BOXES;
        }
        return y;
    }

    /** In the order of what each leads to, spread over the whole height. */
    private void column(MapModel model, Column column, int bottom) {
        List<MapNode> nodes = model.nodes().stream()
                .filter(node -> node.column() == column)
                .sorted(Comparator.comparingInt((MapNode node) -> neighbours(model, node))
                        .thenComparing(MapNode::label))
                .toList();
        int step = nodes.isEmpty() ? 0 : Math.max(HEIGHT, bottom / nodes.size());
        int top = nodes.size() * step > bottom ? 0 : step / 2;
        for (int index = 0; index < nodes.size(); index++) {
            points.put(nodes.get(index).id(), new Point(column.number() * WIDTH, top + index * step));
        }
    }

    /** The middle of the neighbours that have their place. */
    private int neighbours(MapModel model, MapNode node) {
        int sum = 0;
        int number = 0;
        for (MapEdge edge : model.edges()) {
            String other = edge.source().equals(node.id()) ? edge.target() : edge.source();
            Point point = points.get(other);
            if (point != null
                    && (edge.source().equals(node.id()) || edge.target().equals(node.id()))) {
                sum += point.y();
                number++;
            }
        }
        return number == 0 ? 0 : sum / number;
    }
}
