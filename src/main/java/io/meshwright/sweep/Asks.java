package io.meshwright.sweep;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.request.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The requests that are asked of a mesh: none twice for one sake, and no more than a bound of them. */
final class Asks {
    /** Some seconds on one processor; a mesh of a thousand services with two routes each asks for half of it. */
    private static final int MOST = 10_000;

    private final Map<Key, Ask> asks = new LinkedHashMap<>();

    /** Tells them apart; no text, for which the place of each route would be looked up. */
    private record Key(String request, Map<String, String> headers, Source about) {}

    private Asks() {}

    /** Those for the sake of hosts and routes, always the same in the same order. */
    static List<Ask> ofRoutes(Mesh mesh) {
        Asks asks = new Asks();
        new OutsideAsks(mesh, asks::add).add();
        new InsideAsks(mesh, new Callers(mesh), asks::add).add();
        return List.copyOf(asks.asks.values());
    }

    /** Those for the sake of calls that pods name. */
    static List<Ask> ofCalls(Mesh mesh) {
        Asks asks = new Asks();
        new CallAsks(mesh, asks::add).add();
        return List.copyOf(asks.asks.values());
    }

    /** Those for the sake of rules that admit. */
    static List<Ask> ofRules(Mesh mesh) {
        Asks asks = new Asks();
        new RuleAsks(mesh, new Callers(mesh), asks::add).add();
        return List.copyOf(asks.asks.values());
    }

    private void add(Ask ask) {
        if (asks.size() < MOST) {
            Request request = ask.request();
            asks.putIfAbsent(new Key(request.toString(), request.headers(), ask.about()), ask);
        }
    }
}
