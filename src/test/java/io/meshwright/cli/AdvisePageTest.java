package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.advise.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/advise.md shows is what happens. */
class AdvisePageTest {
    private static final Path PAGE = Path.of("../docs/advise.md");

    @Test
    void the_example_is_the_beginning_of_what_is_said_of_the_shop() throws IOException {
        List<String> examples = Pattern.compile("(?s)```text\n(.*?)```")
                .matcher(Files.readString(PAGE))
                .results()
                .map(example -> example.group(1))
                .toList();

        assertThat(examples)
                .isNotEmpty()
                .allSatisfy(example -> assertThat(Shop.resource("advice.txt")).contains(example));
    }

    @Test
    void each_command_runs_or_says_what_it_misses(@TempDir Path home) throws IOException {
        Files.createDirectory(home.resolve("environments"));
        Files.copy(Fixtures.ENVIRONMENTS.resolve("azure.yaml"), home.resolve("environments/azure.yaml"));
        Files.writeString(home.resolve("environments/shop.yaml"), Shop.text());
        Path snapshot = Files.writeString(home.resolve("snapshot.json"), Shop.resource("snapshot.json"));
        List<String> commands = Pattern.compile("(?m)^\\./meshwright (advise [^>&\n]*)")
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult command) -> command.group(1).strip())
                .filter(command -> !command.contains("--prometheus"))
                .toList();
        assertThat(commands).hasSizeGreaterThan(2);
        for (String command : commands) {
            Terminal terminal = new Terminal(
                    Map.of("MESHWRIGHT_HOME", home.toString()),
                    Terminal::unwanted,
                    (asked, console) -> Optional.of(new TreeMap<>()));
            String[] words = Arrays.stream(command.split(" "))
                    .map(word -> word.equals("snapshot.json") ? snapshot.toString() : word)
                    .map(word ->
                            word.equals("advice.patch") ? home.resolve(word).toString() : word)
                    .toArray(String[]::new);

            assertThat(terminal.run(words)).as(command + terminal.err()).isZero();
            assertThat(terminal.out()).isNotEmpty();
        }
    }
}
