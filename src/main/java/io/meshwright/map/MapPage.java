package io.meshwright.map;

import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.mesh.Mesh;
import io.meshwright.page.Html;
import io.meshwright.trace.report.RequestRow;
import java.util.List;

/** A mesh as one page for a browser. */
public final class MapPage {
    private MapPage() {}

    /**
     * The whole file, with a line feed at its end; equal manifests give equal bytes.
     *
     * @param asked rows of request tables, which it follows besides what the mesh suggests
     */
    public static String of(String title, Mesh mesh, Findings findings, List<RequestRow> asked) {
        return template(title)
                .filled(data(title, MapModel.of(mesh), mesh, findings, asked).json());
    }

    static MapTemplate template(String title) {
        return new MapTemplate("Map of ".concat(title), "<h1>Map of %s</h1>".formatted(Html.escaped(title)), "map", "");
    }

    static MapData data(String title, MapModel model, Mesh mesh, Findings findings, List<RequestRow> asked) {
        return new MapData(title, model)
                .drawn(node -> told(findings, node), node -> "", edge -> "")
                .withRequests(mesh, asked);
    }

    private static List<String> told(Findings findings, MapNode node) {
        return findings.all().stream()
                .filter(finding -> finding.manifest()
                        .map(object -> node.objects().contains(object))
                        .orElse(false))
                .map(MapPage::told)
                .toList();
    }

    private static String told(Finding finding) {
        return "%s %s: %s".formatted(finding.severity().word(), finding.rule().code(), finding.message());
    }
}
