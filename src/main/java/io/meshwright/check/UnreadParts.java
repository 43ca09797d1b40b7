package io.meshwright.check;

import io.meshwright.manifest.Unreadable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Documents that could not be read, and may hold what is missing beside them: those of one file that is not YAML, and
 * the templates of one chart.
 */
final class UnreadParts {
    private static final String TEMPLATES = "/templates/";

    private final Set<String> files = new TreeSet<>();
    private final Set<String> charts = new TreeSet<>();

    UnreadParts(List<Unreadable> unread) {
        for (Unreadable each : unread) {
            String file = each.place().file();
            switch (each.flaw()) {
                case SYNTAX, RECURSION -> files.add(file);
                case TEMPLATE -> {
                    files.add(file);
                    charts.add(chart(file));
                }
                default -> {}
            }
        }
        charts.remove("");
    }

    /** The folder of the chart of which a file is a template; nothing where it is none. */
    private static String chart(String file) {
        String path = file.replace('\\', '/');
        return path.substring(0, Math.max(0, path.lastIndexOf(TEMPLATES)));
    }

    /** True if parts of the file, or of the chart to which it belongs, could not be read. */
    boolean areBeside(String file) {
        return files.contains(file) || charts.contains(chart(file));
    }
}
