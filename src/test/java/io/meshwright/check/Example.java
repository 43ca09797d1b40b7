package io.meshwright.check;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.value.Day;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A file of good and bad objects side by side: {@code # want MESH121} marks a line where that is found and nothing
 * else, {@code # fine MESH121} one where it nearly is; a first line {@code # istio 1.23} sets the release, {@code #
 * today 2027-01-31} the day, {@code # file apps/root.yaml} the place in a repository.
 */
record Example(String name, String text) {
    private static final Path FOLDER = Path.of("test/resources/check");
    private static final Pattern WANTED = Pattern.compile("# want ((?:MESH\\d+ ?)+)");
    private static final Pattern NEARLY = Pattern.compile("# fine (MESH\\d+)");
    private static final Pattern TODAY = Pattern.compile("\\A# today (\\S+)");
    private static final Pattern FILE = Pattern.compile("\\A# file (\\S+)");
    private static final Pattern RELEASE = Pattern.compile("\\A# istio (\\S+)");

    static List<Example> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(Example::of)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Example of(Path file) {
        try {
            return new Example(file.getFileName().toString(), Files.readString(file));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Line and code of every finding that is wanted. */
    List<String> wanted() {
        List<String> lines = text.lines().toList();
        return IntStream.range(0, lines.size())
                .boxed()
                .flatMap(index -> WANTED.matcher(lines.get(index))
                        .results()
                        .flatMap(found -> Stream.of(found.group(1).strip().split(" ")))
                        .map(code -> "%d %s".formatted(index + 1, code)))
                .sorted()
                .toList();
    }

    List<String> nearMisses() {
        return NEARLY.matcher(text).results().map(found -> found.group(1)).toList();
    }

    Findings findings() {
        String file = FILE.matcher(text)
                .results()
                .findFirst()
                .map((MatchResult found) -> found.group(1))
                .orElse(name);
        Reading reading = ManifestReader.of(file, text);
        Optional<String> release =
                RELEASE.matcher(text).results().findFirst().map((MatchResult found) -> found.group(1));
        Findings findings = Checks.run(reading, Optional.of(IstioVersion.of(release.orElse("1.30"))));
        return TODAY.matcher(text)
                .results()
                .findFirst()
                .map((MatchResult found) -> Day.of(found.group(1)))
                .map(today -> Findings.together(List.of(findings, Checks.expired(reading, today))))
                .orElse(findings);
    }

    @Override
    public String toString() {
        return name;
    }
}
