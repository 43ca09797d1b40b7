package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Five random edits of each environment file and a fourth file keep the suite green after a synth: no test looks at
 * environments but the golden one (EnvironmentsOfUsersTest), and here is what that one asks of edited files.
 */
class EditedEnvironmentsTest {
    private static final long SEED = 20_260_701;
    private static final int EDITS = 5;

    @TempDir
    Path home;

    /** What people change in their files, from one day to the next. */
    private static final List<BiFunction<String, Random, String>> KINDS = List.of(
            (file, random) -> "# remark %d\n\n".formatted(random.nextInt(1000)) + file,
            (file, random) -> changed(file, random, "scale: \\{replicas: (\\d+)", "%d"),
            (file, random) -> changed(file, random, "image: [a-z0-9./-]+:\\d+\\.\\d+\\.(\\d+)", "%d"),
            (file, random) -> changed(file, random, "limits: \\{memory: (\\d+)Mi", "1%03d"),
            (file, random) -> changed(file, random, "startup: (\\d+)s", "1%02d"),
            (file, random) -> changed(file, random, "critical: \"#([a-z-]+)\"", "team-%d"),
            (file, random) -> changed(file, random, "metadata: \\{name: [a-z]+, description: ([^}]*)", "a platform %d"),
            (file, random) -> file.replaceFirst(
                    "(?m)^namespaces:$", "namespaces:\n  team-%d: {}".formatted(random.nextInt(1000))));

    @Test
    void and_a_fourth_are_what_dist_says_after_a_synth() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        Random random = new Random(SEED);
        for (String name : Fixtures.names()) {
            files.put(name, edited(Fixtures.file(name), random));
        }
        files.put("shop", Files.readString(Path.of("test/resources/agreement/base.yaml")));
        Path environments = Files.createDirectory(home.resolve("environments"));
        for (var file : files.entrySet()) {
            Files.writeString(environments.resolve(file.getKey() + ".yaml"), file.getValue());
        }

        assertThat(Fixtures.synth(home)).matches(run -> run.code() == 0);
        assertThat(Fixtures.synth(home, "--dist", home.resolve("again").toString()))
                .matches(run -> run.code() == 0);

        for (String name : files.keySet()) {
            assertThat(Repository.files(home.resolve("again").resolve(name)))
                    .isEqualTo(Repository.files(home.resolve("dist").resolve(name)))
                    .hasSizeGreaterThan(100);
        }
    }

    /** Five edits of different kinds, after each of which the file is still right. */
    private static String edited(String file, Random random) {
        List<BiFunction<String, Random, String>> kinds = new ArrayList<>(KINDS);
        Collections.shuffle(kinds, random);
        int edits = 0;
        String text = file;
        for (BiFunction<String, Random, String> kind : kinds) {
            String next = edits < EDITS ? kind.apply(text, random) : text;
            if (!next.equals(text)) {
                edits++;
                text = next;
                assertThat(EnvironmentReader.read("file.yaml", text.getBytes(StandardCharsets.UTF_8)))
                        .as(text)
                        .isInstanceOf(Reading.Accepted.class);
            }
        }
        assertThat(edits).isEqualTo(EDITS);
        return text;
    }

    /** The first group of one of the places where the expression is found, replaced by another number. */
    private static String changed(String file, Random random, String expression, String format) {
        List<int[]> places = new ArrayList<>();
        Matcher matcher = Pattern.compile(expression).matcher(file);
        while (matcher.find()) {
            places.add(new int[] {matcher.start(1), matcher.end(1)});
        }
        if (places.isEmpty()) {
            return file;
        }
        int[] place = places.get(random.nextInt(places.size()));
        return file.substring(0, place[0]) + format.formatted(2 + random.nextInt(7)) + file.substring(place[1]);
    }
}
