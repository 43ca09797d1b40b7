package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher as a distribution has it, in an imitation of one; DistributionTest runs the real one. */
class DistributedLauncherTest {
    private static final String KEEPING =
            "meshwright: keeping the classes of this release for this Java (once, some seconds)\n";

    @TempDir
    Path temporary;

    private Workshop workshop;
    private Path kept;

    @BeforeEach
    void has_java_and_a_home() throws IOException {
        workshop = Workshop.in(temporary);
        workshop.variable("HOME", temporary.resolve("home").toString());
        kept = temporary.resolve("home/.cache/meshwright/launcher");
    }

    @Test
    void builds_nothing_and_works_in_the_folder_where_it_is_called() throws Exception {
        Path launcher = workshop.unpack("unpacked", "one");
        Path lib = launcher.resolve("../../lib").normalize().toRealPath();

        Workshop.Run run = workshop.start(temporary, launcher, "check", "a b");

        assertThat(run.code()).isEqualTo(4);
        assertThat(run.out())
                .contains("CLASSPATH=%s/meshwright.jar:%s/library.jar:%s/meshwright-imports.jar\n"
                        .formatted(lib, lib, lib))
                .contains("MESHWRIGHT_HOME=\n", "[check][a b]");
        assertThat(workshop.start(temporary, launcher, "synth").out())
                .contains("'%s/kernel.cjs' '%s/software/amazon/jsii/lib/program.js'".formatted(lib, lib));
        workshop.variable("MESHWRIGHT_HOME", "elsewhere");
        assertThat(workshop.start(temporary, launcher, "check").out()).contains("MESHWRIGHT_HOME=elsewhere\n");
    }

    @Test
    void tells_the_program_how_it_was_started() throws Exception {
        Path launcher = workshop.unpack("unpacked", "one");
        Path spaced = workshop.unpack("two words", "one");

        assertThat(workshop.start(temporary, launcher, "check").out())
                .contains("MESHWRIGHT_PROGRAM=%s\n".formatted(launcher));
        assertThat(workshop.start(temporary, spaced, "check").out())
                .contains("MESHWRIGHT_PROGRAM='%s'\n".formatted(spaced));
        assertThat(launcher.toFile().setExecutable(true)).isTrue();
        workshop.variable(
                "PATH",
                "%s:%s:%s"
                        .formatted(
                                launcher.getParent(),
                                workshop.bin(),
                                workshop.jdk().resolve("bin")));
        assertThat(workshop.start(temporary, launcher, "check").out()).contains("MESHWRIGHT_PROGRAM=meshwright\n");
    }

    @Test
    void keeps_classes_for_each_jvm_and_each_build() throws Exception {
        Path launcher = workshop.unpack("unpacked", "one");
        assertThat(workshop.start(temporary, launcher, "check").err()).isEqualTo(KEEPING);
        Workshop.Run second = workshop.start(temporary, launcher, "check");
        assertThat(second.err()).isEmpty();
        assertThat(second.out())
                .contains("-XX:SharedArchiveFile=%s\n"
                        .formatted(Workshop.archives(kept).get(0)));

        Files.writeString(launcher.resolve("../../lib/digest").normalize(), "another");
        assertThat(workshop.start(temporary, launcher, "check").err()).isEqualTo(KEEPING);
        workshop.java("17.0.16");
        assertThat(workshop.start(temporary, launcher, "check").err()).isEqualTo(KEEPING);
        workshop.java("25.0.1");
        assertThat(workshop.start(temporary, launcher, "check").out()).contains("-XX:AOTCache=");
        assertThat(Workshop.archives(kept)).hasSize(4);
    }

    @Test
    void keeps_none_where_it_would_not_pay() throws Exception {
        Path launcher = workshop.unpack("unpacked", "one");
        workshop.variable("CI", "true");
        assertThat(workshop.start(temporary, launcher, "check").err()).isEmpty();
        workshop.variable("CI", "");
        workshop.variable("HOME", "/dev/null");
        assertThat(workshop.start(temporary, launcher, "check").err()).isEmpty();
        workshop.variable("XDG_CACHE_HOME", "relative");
        assertThat(workshop.start(temporary, launcher, "check").err()).isEmpty();
        assertThat(temporary.resolve("relative")).doesNotExist();
        workshop.variable("XDG_CACHE_HOME", temporary.resolve("cache").toString());
        Path spaced = workshop.unpack("a folder", "one");
        assertThat(workshop.start(temporary, spaced, "check").err()).isEmpty();

        assertThat(temporary.resolve("cache")).doesNotExist();
        assertThat(kept).doesNotExist();
    }

    @Test
    void says_which_file_is_missing() throws Exception {
        Path launcher = workshop.unpack("unpacked", "one");
        Path library = launcher.resolve("../../lib/library.jar").normalize().toRealPath();
        Files.delete(library);

        Workshop.Run run = workshop.start(temporary, launcher, "check");

        assertThat(run.err())
                .isEqualTo("meshwright: \"%s\" is missing; unpack the distribution again\n".formatted(library));
        assertThat(run.code()).isEqualTo(1);
    }
}
