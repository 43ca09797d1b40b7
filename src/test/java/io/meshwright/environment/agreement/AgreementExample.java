package io.meshwright.environment.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.RecordReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A piece of an environment file, which changes {@code base.yaml}: {@code # refused} lines are what its rule says of
 * it, word for word; {@code # fine} is one of which neither this rule nor another says anything.
 */
record AgreementExample(String agreement, int number, String text) {
    static final Path FOLDER = Path.of("test/resources/agreement");
    private static final String REFUSED = "# refused ";
    private static final String FINE = "# fine";
    private static final Path BASE = FOLDER.resolve("base.yaml");

    private static final List<AgreementExample> ALL = read();

    static List<AgreementExample> all() {
        return ALL;
    }

    private static List<AgreementExample> read() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> !file.equals(BASE))
                    .sorted()
                    .flatMap(AgreementExample::in)
                    .toList();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Stream<AgreementExample> in(Path file) {
        String name = file.getFileName().toString().replace(".yaml", "");
        List<String> pieces = Arrays.asList(text(file).split("(?m)^---\\n"));
        return pieces.stream().map(piece -> new AgreementExample(name, pieces.indexOf(piece) + 1, piece));
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    List<String> wanted() {
        return text.lines()
                .filter(line -> line.startsWith(REFUSED))
                .map(line -> line.substring(REFUSED.length()))
                .toList();
    }

    boolean isFine() {
        return text.lines().anyMatch(line -> line.startsWith(FINE));
    }

    String file() {
        return MergedYaml.of(text(BASE), text);
    }

    /** Each value of which is right by itself. */
    Environment environment() {
        Reading<Environment> reading =
                RecordReader.read(toString(), file().getBytes(StandardCharsets.UTF_8), Environment.class);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted<Environment>) reading).value();
    }

    @Override
    public String toString() {
        return "%s %d".formatted(agreement, number);
    }
}
