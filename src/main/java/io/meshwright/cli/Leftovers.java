package io.meshwright.cli;

import io.meshwright.file.EnvironmentFiles;
import io.meshwright.output.Distribution;
import io.meshwright.output.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Files that were written for environments that have no file any more, because it was renamed or deleted. */
final class Leftovers {
    /** Places of an environment's pages, below docs; each may be a file or a folder. */
    private static final List<String> PAGES = List.of(
            "capacity/%s.md",
            "map/%s.html",
            "monitoring/%s.md",
            "delivery/%s.md",
            "operations/%s.md",
            "posture/%s.md",
            "routes/%s.md",
            "runbooks/%s",
            "secrets/%s.md",
            "upgrade/%s.md");

    private final Distribution dist;
    private final EnvironmentFiles files;
    private final Path docs;

    Leftovers(Distribution dist, EnvironmentFiles files, Path docs) {
        this.dist = dist;
        this.files = files;
        this.docs = docs;
    }

    /** Says what there is, and what to do. */
    ExitCode tell(Console console) throws IOException {
        TreeSet<String> names = names();
        for (String name : names) {
            console.problem(
                    "%s: there is no environment file \"%s\" any more; remove what was written for it with synth"
                                    .formatted(dist.path().resolve(name), name)
                            + " --prune, or restore the file");
            pages(name)
                    .forEach(page -> console.problem(
                            "%s: describes \"%s\", which has no environment file; remove it".formatted(page, name)));
        }
        return names.isEmpty() ? ExitCode.CLEAN : ExitCode.FINDINGS;
    }

    /** Removes the manifests that their inventories list, and nothing else; pages stay, and are told. */
    ExitCode prune(Console console) throws IOException {
        TreeSet<String> names = names();
        Outcome outcome = dist.prune(names);
        ExitCode printed = dist.isDry() ? WriteReport.preview(outcome, console) : WriteReport.print(outcome, console);
        if (outcome instanceof Outcome.Written) {
            names.forEach(name -> pages(name)
                    .forEach(page -> console.result(
                            "%s: describes \"%s\", which has no environment file; remove it".formatted(page, name))));
        }
        return printed;
    }

    private TreeSet<String> names() throws IOException {
        TreeSet<String> names = new TreeSet<>(dist.environments());
        names.removeAll(files.names());
        return names;
    }

    private List<Path> pages(String name) {
        List<Path> pages = new ArrayList<>();
        PAGES.forEach(page -> pages.add(docs.resolve(page.formatted(name))));
        pages.removeIf(page -> !Files.exists(page));
        return pages;
    }
}
