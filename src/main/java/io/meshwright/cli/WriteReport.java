package io.meshwright.cli;

import io.meshwright.output.Changes;
import io.meshwright.output.ManifestPath;
import io.meshwright.output.Outcome;
import java.util.List;

/** Tells in a few lines what a write did to dist. */
public final class WriteReport {
    private static final int WORTH_NAMING = 10; // more files than that are read in the diff, not on the screen

    private WriteReport() {}

    /** Prints the changes per environment, or why nothing was written. */
    public static ExitCode print(Outcome outcome, Console console) {
        if (outcome instanceof Outcome.Written written) {
            written.changes().forEach((environment, changes) -> {
                console.result("%s: %s".formatted(environment, changes.summary()));
                names(environment, changes, console);
            });
            return ExitCode.CLEAN;
        }
        console.problems(((Outcome.Refused) outcome).problems());
        return ExitCode.USAGE;
    }

    private static void names(String environment, Changes changes, Console console) {
        if (changes.added().size()
                        + changes.changed().size()
                        + changes.removed().size()
                <= WORTH_NAMING) {
            name("+", environment, changes.added(), console);
            name("~", environment, changes.changed(), console);
            name("-", environment, changes.removed(), console);
        }
    }

    private static void name(String sign, String environment, List<ManifestPath> paths, Console console) {
        paths.forEach(path -> console.result("  %s %s/%s".formatted(sign, environment, path)));
    }
}
