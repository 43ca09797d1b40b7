package io.meshwright.sweep;

import io.meshwright.mesh.Mesh;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests that are asked of a mesh: no request twice, and no more than a bound of them. */
final class Asks {
    /** Some seconds on one processor; a mesh of a thousand services with two routes each asks for half of it. */
    private static final int MOST = 10_000;

    private final Map<String, Ask> asks = new LinkedHashMap<>();

    private Asks() {}

    /** Always the same in the same order. */
    static List<Ask> of(Mesh mesh) {
        Asks asks = new Asks();
        Callers callers = new Callers(mesh);
        new OutsideAsks(mesh, asks::add).add();
        new InsideAsks(mesh, callers, asks::add).add();
        new RuleAsks(mesh, callers, asks::add).add();
        return List.copyOf(asks.asks.values());
    }

    private void add(Ask ask) {
        if (asks.size() < MOST) {
            asks.putIfAbsent("%s %s %s".formatted(ask.request(), ask.request().headers(), ask.about()), ask);
        }
    }
}
