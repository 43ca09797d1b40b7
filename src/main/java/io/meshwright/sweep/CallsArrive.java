package io.meshwright.sweep;

import com.google.auto.service.AutoService;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Suspicion;
import io.meshwright.check.Sweep;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A call that a pod's environment names arrives, or ends as somebody may have meant it. */
@AutoService(Inspection.class)
public final class CallsArrive implements Sweep {
    public static final Rule CALL_FAILS = Rule.warning("MESH407", "call_fails")
            .title("A call that an environment variable of a pod names does not reach anybody")
            .consequence("The proxy answers with an error, or the connection is closed.")
            .remedy(
                    "Follow it with `meshwright trace`, and mend the object that the last step names, or the variable.");

    /** Nobody tells which path is called, and some may have no route. */
    private static final String NO_ROUTE = "NR";

    @Override
    public List<Rule> rules() {
        return List.of(CALL_FAILS);
    }

    @Override
    public Stream<Suspicion> run(Mesh mesh) {
        return Sweeping.suspicions(mesh, Asks.ofCalls(mesh), new Judge(mesh, (ask, end) -> rule(end)));
    }

    private static Optional<Rule> rule(End end) {
        return end.isRefusal() || end.isWritten() || end.flag().equals(NO_ROUTE)
                ? Optional.empty()
                : Optional.of(CALL_FAILS);
    }
}
