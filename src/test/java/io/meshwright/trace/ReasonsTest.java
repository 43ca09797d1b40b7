package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    /** What is given as a reason without quotes. */
    private static final Pattern PASSED = Pattern.compile(
            "(?:Unknown\\.because\\(|new (?:TlsOutcome\\.)?Unknown\\(|\\.doubt\\()\\s*([^\"\\s),][^,;]*)");

    /** A reason that another class gave, a constant, a list of reasons, and what no patch is said to do. */
    private static final Pattern HANDED_ON =
            Pattern.compile("(?:\\w+(?:\\(\\))?\\.)*why(?:\\(\\))?\\)*|\\w+\\.WHY\\)*|String\\.join\\(\"|\\(\".*");

    private static final Pattern TEXT = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern LISTED = Pattern.compile("^\\* `(.*)`$", Pattern.MULTILINE);
    private static final String HEADING = "### The reasons in their own words";

    @Test
    void each_reason_for_not_knowing_stands_in_the_page() throws IOException {
        assertThat(listed()).as("docs/trace.md, \"%s\"", HEADING).containsExactlyInAnyOrderElementsOf(given());
    }

    @Test
    void each_reason_is_written_where_it_is_given_or_is_one_that_was() throws IOException {
        assertThat(sources()
                        .flatMap(text -> PASSED.matcher(text).results())
                        .map(found -> found.group(1))
                        .filter(argument -> !HANDED_ON.matcher(argument).matches()))
                .isEmpty();
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
        return sources()
                .flatMap(text -> GIVEN.matcher(text).results())
                .map(ReasonsTest::words)
                .filter(words -> words.contains(" "))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> sources() throws IOException {
        List<String> texts = new ArrayList<>();
        for (String room : new String[] {"trace", "mesh"}) {
            try (Stream<Path> files =
                    Files.walk(Path.of("main/java/io/meshwright").resolve(room))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    texts.add(Files.readString(file));
                }
            }
        }
        return texts.stream();
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
