package io.meshwright.cli;

import io.meshwright.output.Changes;
import io.meshwright.output.Distribution;
import io.meshwright.output.ManifestPath;
import io.meshwright.output.Outcome;
import java.util.List;
import java.util.function.Consumer;

/** Tells in a few lines what a write did to dist. */
public final class WriteReport {
    private static final int WORTH_NAMING = 10; // more files than that are read in the diff, not on the screen

    private WriteReport() {}

    /** Prints the changes per environment, or why nothing was written. */
    public static ExitCode print(Outcome outcome, Console console) {
        return print(outcome, WORTH_NAMING, ExitCode.CLEAN, console);
    }

    /** Prints every change that would be made, or why nothing would be written. */
    public static ExitCode preview(Outcome outcome, Console console) {
        return print(outcome, Integer.MAX_VALUE, ExitCode.WOULD_CHANGE, console);
    }

    private static ExitCode print(Outcome outcome, int most, ExitCode changing, Console console) {
        if (outcome instanceof Outcome.Written written) {
            Consumer<String> lines = changing == ExitCode.CLEAN ? console::news : console::result;
            written.changes().forEach((environment, changes) -> {
                lines.accept("%s: %s".formatted(environment, changes.summary()));
                if (changes.added().size()
                                + changes.changed().size()
                                + changes.removed().size()
                        <= most) {
                    names(environment, changes, lines);
                }
                if (changes.inventoryAlone()) {
                    lines.accept("  ~ %s/%s".formatted(environment, Distribution.INVENTORY));
                }
            });
            return written.changes().values().stream().allMatch(each -> each.none() && !each.inventoryAlone())
                    ? ExitCode.CLEAN
                    : changing;
        }
        console.problems(((Outcome.Refused) outcome).problems());
        return ExitCode.USAGE;
    }

    private static void names(String environment, Changes changes, Consumer<String> lines) {
        name("+", environment, changes.added(), lines);
        name("~", environment, changes.changed(), lines);
        name("-", environment, changes.removed(), lines);
    }

    private static void name(String sign, String environment, List<ManifestPath> paths, Consumer<String> lines) {
        paths.forEach(path -> lines.accept("  %s %s/%s".formatted(sign, environment, path)));
    }
}
