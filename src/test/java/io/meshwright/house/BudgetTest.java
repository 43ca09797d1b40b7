package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading.Accepted;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.stack.PlatformApp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.jsii.KernelMessages;

/**
 * What a run may cost, in counts that are the same on every machine. One that grows fails: either the change is dearer
 * than it need be, or the number here is raised with it, where a reviewer sees it.
 */
class BudgetTest {
    /** Allocation differs a little with what the JVM has compiled, and so does what it reads for itself. */
    private static final double SLACK = 1.15;

    /**
     * Constructs that hold others are messages too, so there are more of them than objects; what homelab asks besides
     * is the limits of its canary's analysis, each of which is a number or a text.
     */
    @ParameterizedTest
    @CsvSource({"azure, 380, 11, 18", "egov, 186, 9, 15", "homelab, 237, 18, 22"})
    void makes_every_construct_in_one_message(String name, int constructs, int ofTheTree, int ofOne) {
        Map<String, Integer> asked = messages(Fixtures.file(name));

        assertThat(asked.get("create")).isLessThanOrEqualTo(constructs);
        assertThat(asked.get("sinvoke")).isLessThanOrEqualTo(ofTheTree);
        assertThat(asked.get("get")).isLessThanOrEqualTo(ofOne);
        assertThat(asked.keySet()).isSubsetOf("create", "sinvoke", "get", "naming");
    }

    @Test
    void asks_nothing_more_of_an_environment_with_more_objects() {
        Map<String, Integer> small = messages(Fixtures.file("egov"));
        Map<String, Integer> large = messages(Synthesized.text("egov", "egov-health-checked"));

        assertThat(large.get("sinvoke")).isEqualTo(small.get("sinvoke"));
        assertThat(large.get("get")).isEqualTo(small.get("get"));
    }

    @Test
    void reads_each_manifest_once() throws IOException {
        Path io = Path.of("/proc/self/io");
        assumeTrue(Files.isReadable(io), "/proc/self/io: not on this system, so that nobody counts what is read");
        Path dist = Fixtures.dist().resolve("azure");
        check(dist); // definitions are read and kept by the first
        long size;
        try (Stream<Path> files = Files.walk(dist)) {
            size = files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }

        long before = readSoFar(io);
        check(dist);

        assertThat(readSoFar(io) - before).isBetween(size, (long) (size * SLACK));
    }

    /** What rules and schemas do with an object, by what they allocate for it. */
    @ParameterizedTest
    @CsvSource({"azure, 248", "egov, 222", "homelab, 243"})
    void does_no_more_for_an_object_than_it_did(String name, int kilobytes) {
        Path dist = Fixtures.dist().resolve(name);
        check(dist);
        int objects = Fixtures.manifests(name).size();
        long before = allocated();
        check(dist);

        assertThat((allocated() - before) / 1000 / objects)
                .as("kB for each of %d objects", objects)
                .isLessThanOrEqualTo((long) (kilobytes * SLACK));
    }

    private static Map<String, Integer> messages(String file) {
        Environment environment = read(file);
        PlatformApp.objects(environment);
        try (KernelMessages messages = new KernelMessages()) {
            PlatformApp.objects(environment);
            return messages.byKind();
        }
    }

    private static void check(Path dist) {
        Checks.run(new ManifestReader().path(dist).read(), Optional.empty());
    }

    private static Environment read(String file) {
        return ((Accepted<Environment>) EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8)))
                .value();
    }

    private static long readSoFar(Path io) {
        try (Stream<String> lines = Files.lines(io)) {
            return lines.filter(line -> line.startsWith("rchar: "))
                    .mapToLong(line -> Long.parseLong(line.substring("rchar: ".length())))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long allocated() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
