package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of trace lists each reason for which something is unknown, and no other. */
class ReasonsTest {
    /** Where a reason begins: what makes something unknown, or doubts it, and then a text. */
    private static final Pattern GIVEN = Pattern.compile(
            "(?:Unknown\\.because\\(|new Unknown\\(|\\.doubt\\(|TlsOutcome\\.Unknown\\(|Waypoint\\.unknown\\(\\s*\\w+,"
                    + "|(?:Type|Effect)\\.UNKNOWN,|Result\\.UNKNOWN,|String WHY =)\\s*\\(?\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"(?:\\s*\\+\\s*|\\s*\\.concat\\(\\s*)?)+)");

    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LISTED = Pattern.compile("^\\* `(.*)`$", Pattern.MULTILINE);
    private static final String HEADING = "### The reasons in their own words";

    @Test
    void each_reason_for_not_knowing_stands_in_the_page() throws IOException {
        assertThat(listed()).as("docs/trace.md, \"%s\"", HEADING).containsExactlyInAnyOrderElementsOf(given());
    }

    private static Set<String> listed() throws IOException {
        String page = Files.readString(Path.of("../docs/trace.md"));
        int start = page.indexOf(HEADING);
        assertThat(start).isPositive();
        return LISTED.matcher(page.substring(start, page.indexOf("\n## ", start)))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> given() throws IOException {
        Set<String> reasons = new TreeSet<>();
        for (String room : new String[] {"trace", "mesh"}) {
            try (Stream<Path> files =
                    Files.walk(Path.of("main/java/io/meshwright").resolve(room))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    GIVEN.matcher(Files.readString(file))
                            .results()
                            .map(ReasonsTest::words)
                            .filter(words -> words.contains(" "))
                            .forEach(reasons::add);
                }
            }
        }
        return reasons;
    }

    private static String words(MatchResult found) {
        return TEXT.matcher(found.group(1))
                .results()
                .map(text -> text.group(1))
                .collect(Collectors.joining())
                .replace("\\\"", "\"")
                .replaceAll("%[sd]", "…")
                .replace("%%", "%");
    }
}
