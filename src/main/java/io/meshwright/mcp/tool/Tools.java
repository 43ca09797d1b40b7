package io.meshwright.mcp.tool;

import java.util.List;

/** Everything that may be asked. */
public final class Tools {
    private Tools() {}

    public static List<Tool> of(Roots roots) {
        NamedManifests manifests = new NamedManifests(roots);
        return List.of(
                new CheckTool(manifests),
                new TraceTool(manifests),
                new PlanTool(roots),
                new ExplainTool(),
                new IncidentTool(roots, manifests),
                new KeysTool());
    }
}
