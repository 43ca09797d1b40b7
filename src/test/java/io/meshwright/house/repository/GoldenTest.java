package io.meshwright.house.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is committed in dist is what the environments say, byte for byte, from a process of its own. */
class GoldenTest {
    @Test
    void dist_is_what_the_environments_say(@TempDir Path temporary) throws Exception {
        Path dist = temporary.resolve("dist");

        assertThat(synthesize(dist)).as("exit code of synth").isZero();

        for (String environment : Repository.environments()) {
            assertThat(Repository.files(dist.resolve(environment)))
                    .as("dist/%s; run ./meshwright synth and review git diff dist/", environment)
                    .isEqualTo(Repository.files(Repository.DIST.resolve(environment)));
        }
    }

    private static int synthesize(Path dist) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.meshwright.Main",
                        "synth",
                        "--environments",
                        Repository.ENVIRONMENTS.toString(),
                        "--dist",
                        dist.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }
}
