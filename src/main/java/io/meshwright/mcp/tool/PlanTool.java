package io.meshwright.mcp.tool;

import io.meshwright.check.Verdicts;
import io.meshwright.file.Clusters;
import io.meshwright.file.SideFlaws;
import io.meshwright.file.SideSource;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.plan.Acceptances;
import io.meshwright.plan.Plan;
import io.meshwright.plan.git.GitFolder;
import io.meshwright.plan.report.PlanReport;
import io.meshwright.plan.report.PlanText;
import io.meshwright.plan.side.Side;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.eclipse.jgit.revwalk.RevCommit;

/** Tells what a change of manifests does. */
final class PlanTool implements Tool {
    private final Roots roots;

    PlanTool(Roots roots) {
        this.roots = roots;
    }

    @Override
    public String name() {
        return "plan";
    }

    @Override
    public String title() {
        return "Plan a change";
    }

    @Override
    public String description() {
        return "Compare two states of manifests and tell what the change does: which requests end elsewhere, who may"
                + " call whom, what restarts, what the API server refuses, what is removed, each with a risk. A state"
                + " is a file or folder below a root, or a revision of git such as main or HEAD~1. Nothing is rendered"
                + " or applied.";
    }

    @Override
    public String schema() {
        return """
                {"type": "object", "additionalProperties": false, "required": ["base"], "properties": {
                  "base": {"type": "string", "minLength": 1, "maxLength": 1024, "description": "The state before."},
                  "head": {"type": "string", "minLength": 1, "maxLength": 1024,
                    "description": "The state after (default: the folder of manifests as it is now)."},
                  "path": {"type": "string", "minLength": 1, "maxLength": 1024,
                    "description": "The folder of manifests in a revision, as seen from the first root (default: dist)."},
                  "environment": {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$", "description": "Only this one."},
                  "istio": {"type": "string", "maxLength": 20,
                    "description": "The Istio release that counts (default: as installed by the manifests)."}}}""";
    }

    @Override
    public String source() {
        return "manifests and their history in git";
    }

    private record Pair(SideSource base, SideSource head) {}

    @Override
    public String call(Arguments arguments) throws IOException {
        Optional<IstioVersion> version = NamedManifests.version(arguments);
        Pair pair = pair(arguments);
        SideFlaws flaws = SideFlaws.of(pair.base(), pair.head());
        if (!flaws.refused().isEmpty()) {
            throw new InvalidValue(
                    "plan",
                    "manifests cannot be read: %s".formatted(String.join("; ", flaws.refused())),
                    "mend them first");
        }
        Clusters clusters = Clusters.of(pair.base(), pair.head());
        List<String> wanted = arguments.text("environment").map(List::of).orElse(List.of());
        SortedMap<String, Side> before = clusters.base().sides(wanted, version, Verdicts.none());
        SortedMap<String, Side> after = clusters.head().sides(wanted, version, Verdicts.none());
        return String.join(
                "\n",
                PlanText.of(new PlanReport(
                        pair.base().name(),
                        pair.head().name(),
                        Stream.concat(flaws.notes().stream(), clusters.notes().stream())
                                .toList(),
                        Plan.all(before, after, List.of()),
                        Acceptances.none())));
    }

    private Pair pair(Arguments arguments) throws IOException {
        String name = arguments.required("base");
        Optional<Path> before = roots.found(name);
        Optional<String> head = arguments.text("head");
        Optional<Path> after = head.flatMap(roots::found);
        Path folder = folder(arguments.text("path").orElse("dist"));
        if (before.isPresent() && after.isPresent()) {
            return folders(before.get(), after.get());
        }
        // A branch may be called as a folder is; without a head the branch is more likely what is meant.
        if (before.isPresent() && !isRevision(name)) {
            if (head.isPresent()) {
                throw new InvalidValue(
                        "base",
                        "\"%s\" is a file or folder, and head \"%s\" is none".formatted(name, head.get()),
                        "name two files or folders, or two revisions");
            }
            return folders(before.get(), roots.admitted(folder.toAbsolutePath().toString()));
        }
        try (GitFolder git = GitFolder.around(roots.first())) {
            RevCommit named = git.commit(name);
            Optional<RevCommit> tip = head.isPresent() ? Optional.of(git.commit(head.get())) : git.head();
            RevCommit from = tip.isPresent() ? git.mergeBase(named, tip.get()) : named;
            SideSource base = revision(git, name, from, folder);
            SideSource second = head.isPresent()
                    ? revision(git, head.get(), tip.orElseThrow(), folder)
                    : SideSource.ofFolder(roots.admitted(folder.toAbsolutePath().toString()), roots::reader);
            return new Pair(base, second);
        }
    }

    private Pair folders(Path before, Path after) throws IOException {
        SideSource second = SideSource.ofFolder(after, roots::reader);
        return new Pair(SideSource.ofFolder(before, roots::reader).beside(second), second);
    }

    private boolean isRevision(String name) throws IOException {
        try (GitFolder git = GitFolder.around(roots.first())) {
            git.commit(name);
            return true;
        } catch (InvalidValue none) {
            return false;
        }
    }

    /** Below the first root, whether it exists now or not; a revision has no links that are followed. */
    private Path folder(String asked) {
        try {
            Path root = roots.first().toAbsolutePath().normalize();
            Path folder = root.resolve(asked).normalize();
            if (folder.startsWith(root)) {
                return folder;
            }
        } catch (InvalidPathException none) {
            // Said below.
        }
        throw new InvalidValue("path", "\"%s\" is no folder below the first root".formatted(asked), "name one that is");
    }

    private SideSource revision(GitFolder git, String name, RevCommit commit, Path folder) throws IOException {
        String below = git.path(folder);
        return SideSource.ofRevision(git, name, commit, folder, roots::reader)
                .orElseThrow(() -> new InvalidValue(
                        "plan",
                        "\"%s\" has no manifests in %s".formatted(name, below.isEmpty() ? "it" : below),
                        "name the folder that has them by path"));
    }
}
