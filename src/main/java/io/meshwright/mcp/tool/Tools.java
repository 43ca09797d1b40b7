package io.meshwright.mcp.tool;

import io.meshwright.check.report.Told;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Everything that may be asked. */
public final class Tools {
    private Tools() {}

    /**
     * One of each.
     *
     * @param keys of an environment file, what adds the key to a finding whose construct is known
     */
    public static List<Tool> of(Roots roots, Function<Path, UnaryOperator<Told>> keys) {
        NamedManifests manifests = new NamedManifests(roots);
        return List.of(
                new CheckTool(manifests, new RootedKeys(roots, keys)),
                new TraceTool(manifests),
                new PlanTool(roots),
                new ExplainTool(),
                new IncidentTool(roots, manifests),
                new KeysTool());
    }
}
