package io.meshwright.draft;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jgit.diff.DiffAlgorithm;
import org.eclipse.jgit.diff.DiffFormatter;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;

/** The difference between two texts of one file. */
public final class TextDifference {
    private TextDifference() {}

    /** A unified diff, as git and patch take it; empty where nothing differs. */
    public static String unified(String file, String before, String after) {
        if (before.equals(after)) {
            return "";
        }
        RawText old = new RawText(before.getBytes(StandardCharsets.UTF_8));
        RawText young = new RawText(after.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (DiffFormatter formatter = new DiffFormatter(lines)) {
            formatter.format(
                    DiffAlgorithm.getAlgorithm(DiffAlgorithm.SupportedAlgorithm.HISTOGRAM)
                            .diff(RawTextComparator.DEFAULT, old, young),
                    old,
                    young);
        } catch (IOException never) {
            throw new IllegalStateException(never);
        }
        return "--- a/%1$s\n+++ b/%1$s\n".formatted(file).concat(lines.toString(StandardCharsets.UTF_8));
    }
}
