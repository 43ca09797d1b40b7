package io.meshwright.upgrade;

import io.meshwright.mesh.Mesh;
import io.meshwright.page.Markdown;
import io.meshwright.page.MarkdownTable;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioUpgradePath;
import io.meshwright.platform.release.PublishedFaults;
import io.meshwright.value.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes how one environment comes to a supported Istio as a Markdown page, with the objects that each step touches.
 */
public final class UpgradePage {
    private final Markdown page;
    private final String environment;
    private final Mesh mesh;

    private UpgradePage(String environment, Mesh mesh) {
        this.page = Markdown.titled("Istio upgrade of %s".formatted(environment));
        this.environment = environment;
        this.mesh = mesh;
    }

    /** The whole page, with a line feed at its end; {@code mesh} is made of the environment's manifests. */
    public static String of(String environment, Version kubernetes, Version istio, Mesh mesh) {
        UpgradePage page = new UpgradePage(environment, mesh);
        page.faults(PublishedFaults.of(istio));
        UpgradePlan plan = UpgradePlan.of(kubernetes, istio);
        if (plan.stages().isEmpty()) {
            page.supported(istio);
        } else {
            page.write(istio, plan);
        }
        return page.page.toString();
    }

    private void faults(PublishedFaults faults) {
        paragraph(
                faults.areNone()
                        ? "No published security fault of Istio %1$s is known here: bulletins were read up to %2$s%5$s."
                        : "Istio %1$s has the published security faults of %3$s; bulletins were read up to %2$s%4$s%5$s.",
                faults.release(),
                faults.read(),
                faults,
                faults.areOfUnsupportedLine()
                        ? ", and those after the end of its support look at newer minors only"
                        : "",
                PublishedFaults.unread().isEmpty()
                        ? ""
                        : "; %s came after and was not, so look whether it names this release"
                                .formatted(String.join(", ", PublishedFaults.unread())));
    }

    private void supported(Version istio) {
        paragraph(
                "Istio %s is of a minor that Istio supports; there is no step to make. Patches are taken in place:"
                        + " write the new release under `istio.version`. The newest of %s that is known here is %s%s.",
                istio, istio.line(), Compatibility.patched(istio.line()), newer(istio));
    }

    /** A minor that is newer still, which takes a step of revisions and no patch. */
    private static String newer(Version istio) {
        Version newest = IstioUpgradePath.newest();
        return newest.line().equals(istio.line())
                ? ""
                : "; of newer minors %s is known, which comes beside it as a revision of its own".formatted(newest);
    }

    private void write(Version istio, UpgradePlan plan) {
        paragraph(
                "From %s to %s in %d steps. Istio supports two control planes side by side over at most two minors;"
                        + " each step is complete before the next begins. Which objects a step touches is computed from"
                        + " the manifests in `dist/%s`.",
                istio, IstioUpgradePath.newest(), plan.stages().size(), environment);
        summary(plan.stages());
        new Procedure(page, mesh).write();
        for (int index = 0; index < plan.stages().size(); index++) {
            stage(index + 1, plan.stages().get(index));
        }
    }

    private void summary(List<UpgradePlan.Stage> stages) {
        MarkdownTable table = MarkdownTable.of("step", "Istio", "Kubernetes", "CNI node agent meanwhile");
        for (int index = 0; index < stages.size(); index++) {
            UpgradePlan.Stage stage = stages.get(index);
            table.markdown(
                    String.valueOf(index + 1),
                    "%s → %s".formatted(stage.from(), stage.to()),
                    "%s%s (both run on %s)"
                            .formatted(
                                    stage.movesKubernetes()
                                            ? "%s → ".formatted(stage.before().line())
                                            : "",
                                    stage.kubernetes().line(),
                                    stage.admitted()),
                    stage.agent().toString());
        }
        page.table(table);
    }

    private void stage(int number, UpgradePlan.Stage stage) {
        page.heading("%d. Istio %s → %s".formatted(number, stage.from(), stage.to()));
        if (stage.movesKubernetes()) {
            paragraph(
                    "First Kubernetes, one minor after the other, to %s: write it under `cluster.kubernetes`. With it "
                            + "come %s.",
                    stage.kubernetes().line(), sentence(stage.addOnsForKubernetes()));
        } else {
            paragraph(
                    "Kubernetes stays %s: both control planes run on %s.",
                    stage.kubernetes().line(), stage.admitted());
        }
        paragraph(
                "With Istio %s comes: %s. While both control planes stand, the one CNI node agent is %s, which serves "
                        + "both.",
                stage.to().line(), sentence(stage.addOnsForIstio()), stage.agent());
        file(number, stage);
        changes(stage);
    }

    private void file(int number, UpgradePlan.Stage stage) {
        String now = Procedure.revision(stage.to());
        boolean first = number == 1 && !mesh.installation().serves("default").isNo();
        String before = first ? "default" : Procedure.revision(stage.from());
        page.code(
                "yaml",
                List.of(
                        "istio:",
                        "  version: %s".formatted(stage.to()),
                        "  revision: %s".formatted(now),
                        "  from: %s"
                                .formatted(
                                        first
                                                ? stage.from()
                                                : "{version: %s, revision: %s}".formatted(stage.from(), before)),
                        "  tags: {stable: %s, next: %s, edge: %s}".formatted(before, now, before)));
    }

    private void changes(UpgradePlan.Stage stage) {
        MarkdownTable table =
                MarkdownTable.of("what changes without a change of ours", "objects of %s".formatted(environment));
        for (Change change : Changes.between(stage.from(), stage.to())) {
            table.markdown(change.what(), list(change.concerned().apply(mesh)));
        }
        page.table(table);
    }

    /** Many objects of one kind are told by kind once. */
    private static String list(List<String> objects) {
        Map<String, List<String>> byKind = new TreeMap<>();
        for (String object : objects) {
            int space = object.indexOf(' ');
            byKind.computeIfAbsent(space < 0 ? "" : object.substring(0, space), kind -> new ArrayList<>())
                    .add(object.substring(space + 1));
        }
        return byKind.isEmpty()
                ? "none"
                : byKind.entrySet().stream()
                        .map(kind -> "%s%s"
                                .formatted(
                                        kind.getKey().isEmpty() ? "" : kind.getKey() + " ",
                                        kind.getValue().stream()
                                                .distinct()
                                                .sorted()
                                                .map("`%s`"::formatted)
                                                .collect(Collectors.joining(", "))))
                        .collect(Collectors.joining("; "));
    }

    private static String sentence(List<String> addOns) {
        return addOns.isEmpty() ? "no other add-on" : String.join(", ", addOns);
    }

    private void paragraph(String sentences, Object... facts) {
        page.paragraph(sentences.formatted(facts));
    }
}
