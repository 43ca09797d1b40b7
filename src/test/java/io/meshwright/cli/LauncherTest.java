package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the launcher of the project in an imitation of it, with tools that only tell how they were called. */
class LauncherTest {
    @TempDir
    Path temporary;

    private Workshop workshop;

    @BeforeEach
    void has_all_tools() throws IOException {
        workshop = Workshop.in(temporary);
    }

    @Test
    void builds_once_and_then_only_runs() throws Exception {
        assertThat(workshop.run("synth").err())
                .contains("meshwright: building", "  compiling the program", "meshwright: built");
        assertThat(workshop.run("synth").err()).isEmpty();
        assertThat(workshop.builds()).isEqualTo(1);
    }

    @Test
    void builds_again_when_a_source_a_pom_or_an_import_changed() throws Exception {
        workshop.run("synth");
        for (String changed : new String[] {
            "src/main/java/A.java",
            "builders/src/main/java/B.java",
            "pom.xml",
            "src/pom.xml",
            "imports/crds/a.yaml",
            "imports/package.json"
        }) {
            int before = workshop.builds();
            workshop.touch(changed);

            workshop.run("synth");

            assertThat(workshop.builds()).as(changed).isEqualTo(before + 1);
        }
    }

    @Test
    void builds_again_when_a_source_was_removed_or_a_library_is_gone() throws Exception {
        workshop.run("synth");
        workshop.age();
        Files.delete(workshop.project().resolve("src/main/java/A.java"));
        workshop.run("synth");
        assertThat(workshop.builds()).isEqualTo(2);

        Files.delete(workshop.library());
        workshop.run("synth");
        assertThat(workshop.builds()).isEqualTo(3);
    }

    @Test
    void hands_over_every_argument_and_the_exit_code() throws Exception {
        Workshop.Run run = workshop.run("synth", "--dist", "a b", "*");

        assertThat(run.out()).contains("[synth][--dist][a b][*]");
        assertThat(run.code()).isEqualTo(4);
    }

    @Test
    void runs_on_the_built_jars_and_the_libraries() throws Exception {
        assertThat(workshop.run("check").out())
                .containsPattern(
                        "CLASSPATH=%s/src/target/meshwright.jar:%s:.*:%s/imports/target/meshwright-imports.jar\n"
                                .formatted(workshop.project(), workshop.library(), workshop.project()));
    }

    @Test
    void shares_the_classes_of_an_earlier_run_while_they_are_those_of_the_build() throws Exception {
        workshop.run("check");
        Path archive = workshop.archives().get(0);
        assertThat(archive.getFileName().toString()).matches("classes-17-\\d+\\.jsa");
        assertThat(workshop.run("check").out()).contains("-XX:SharedArchiveFile=%s\n".formatted(archive));

        Files.delete(archive);
        assertThat(workshop.run("check").out())
                .doesNotContain("SharedArchiveFile")
                .contains("[check]");

        workshop.touch("src/main/java/A.java");
        assertThat(workshop.run("check").out()).contains("-XX:SharedArchiveFile=%s\n".formatted(archive));
    }

    @Test
    void shares_classes_as_a_newer_jvm_does() throws Exception {
        workshop.java("25.0.1");
        workshop.run("check");
        Path archive = workshop.archives().get(0);

        assertThat(archive.getFileName().toString()).startsWith("classes-25-");
        assertThat(workshop.run("check").out())
                .contains("-XX:AOTCache=%s\n".formatted(archive))
                .doesNotContain("SharedArchiveFile");
        assertThat(archive.getParent()).isDirectoryNotContaining("glob:**.conf");
    }

    /** An update of the system's Java keeps its major version, and refuses what its predecessor archived. */
    @Test
    void archives_again_for_a_jvm_of_another_patch() throws Exception {
        workshop.run("check");
        workshop.java("17.0.16");

        assertThat(workshop.run("check").out()).contains("-XX:SharedArchiveFile=");
        assertThat(workshop.archives()).hasSize(2);
        assertThat(workshop.builds()).isEqualTo(1);
    }

    @Test
    void starts_cdk8s_in_one_process_where_it_is_needed() throws Exception {
        Path kernel = workshop.project().resolve("src/target/launcher/kernel/software/amazon/jsii/lib/program.js");
        String command = "JSII_RUNTIME=exec '%s' --preserve-symlinks '%s' '%s'\n"
                .formatted(workshop.bin().resolve("node"), workshop.project().resolve("imports/kernel.cjs"), kernel);

        workshop.run("check");
        assertThat(kernel).exists();
        assertThat(workshop.run("synth").out()).contains(command);
        assertThat(workshop.run("check").out()).contains("JSII_RUNTIME=\n");

        Files.delete(kernel);
        assertThat(workshop.run("synth").out()).as("jsii's own way").contains("JSII_RUNTIME=\n");

        workshop.variable("JSII_RUNTIME", "mine");
        assertThat(workshop.run("synth").out()).contains("JSII_RUNTIME=mine\n");
    }

    /** cdk8s' runtime keeps modules below the home, and ends where it cannot. */
    @Test
    void spares_modules_a_cache_that_cannot_be_written() throws Exception {
        workshop.variable("HOME", "/dev/null");
        assertThat(workshop.run("synth").out()).contains("JSII_RUNTIME_PACKAGE_CACHE=disabled\n");

        workshop.variable("HOME", temporary.toString());
        assertThat(workshop.run("synth").out()).contains("JSII_RUNTIME_PACKAGE_CACHE=\n");

        workshop.variable("HOME", "/dev/null");
        workshop.variable("JSII_RUNTIME_PACKAGE_CACHE_ROOT", temporary.toString());
        assertThat(workshop.run("synth").out()).contains("JSII_RUNTIME_PACKAGE_CACHE=\n");
    }

    @Test
    void uses_no_archive_of_a_newer_jvm_either_whose_writer_was_stopped() throws Exception {
        workshop.java("25.0.1");
        workshop.variable("ARCHIVING", "137");
        workshop.touch("src/main/java/A.java");

        assertThat(workshop.run("check").out()).doesNotContain("AOTCache").contains("[check]");
        assertThat(workshop.project().resolve("src/target/launcher")).isDirectoryNotContaining("glob:**classes*");
    }

    @Test
    void lets_libraries_do_what_a_newer_jvm_warns_about_in_every_command() throws Exception {
        workshop.java("25.0.1");

        assertThat(workshop.run("check").out()).contains("--sun-misc-unsafe-memory-access=allow\n");
        assertThat(workshop.run("watch").out()).contains("--sun-misc-unsafe-memory-access=allow\n");
    }

    @Test
    void uses_no_archive_whose_writer_was_stopped() throws Exception {
        workshop.variable("ARCHIVING", "137");

        assertThat(workshop.run("check").out())
                .doesNotContain("SharedArchiveFile")
                .contains("[check]");
        assertThat(workshop.project().resolve("src/target/launcher")).isDirectoryNotContaining("glob:**classes*");
    }

    @Test
    void names_the_project_when_called_from_elsewhere_and_nothing_when_called_in_it() throws Exception {
        assertThat(workshop.run("check").out()).contains("MESHWRIGHT_HOME=\n");
        assertThat(workshop.runIn(temporary, "check").out())
                .contains("MESHWRIGHT_HOME=%s\n".formatted(workshop.project()));
    }

    @Test
    void finds_the_project_through_a_symbolic_link() throws Exception {
        Path link = Files.createSymbolicLink(
                temporary.resolve("link"), workshop.project().resolve("meshwright"));

        assertThat(workshop.start(temporary, link, "check").out())
                .contains("MESHWRIGHT_HOME=%s\n".formatted(workshop.project()));
    }

    @Test
    void shows_the_end_of_maven_s_output_when_the_build_fails() throws Exception {
        workshop.tool(
                "mvn", "[ \"$2\" = -version ] && echo 'Apache Maven 3.8.7' && exit; echo '[ERROR] broken'; exit 1");

        Workshop.Run run = workshop.run("synth");

        assertThat(run.err())
                .contains("[ERROR] broken\n")
                .endsWith("meshwright: the build failed; all of Maven's output is in %s/src/target/launcher/build.log\n"
                        .formatted(workshop.project()));
        assertThat(run.code()).isEqualTo(1);
    }

    @Test
    void says_which_java_is_needed() throws Exception {
        workshop.java("11.0.2");
        assertRefused("java: \"%s\" is version 11 and 17 or newer is needed; install a JDK 17 or newer"
                .formatted(workshop.jdk().resolve("bin/java")));

        workshop.java("1.8.0_401");
        assertRefused("java: \"%s\" is version 1 and 17 or newer"
                .formatted(workshop.jdk().resolve("bin/java")));

        Files.delete(workshop.jdk().resolve("bin/java"));
        assertRefused("java: not found on the path; install a JDK 17 or newer");
    }

    @Test
    void honours_the_java_that_java_home_names() throws Exception {
        assertThat(workshop.run("check").code()).isEqualTo(4);
        workshop.variable("JAVA_HOME", temporary.resolve("nowhere").toString());

        assertRefused(
                "JAVA_HOME: \"%s\" holds no bin/java; unset it or install".formatted(temporary.resolve("nowhere")));
    }

    @Test
    void asks_a_java_without_a_release_file_for_its_version() throws Exception {
        Files.delete(workshop.jdk().resolve("release"));

        assertThat(workshop.run("check").code()).isEqualTo(4);
    }

    @Test
    void says_which_maven_is_needed_but_only_to_build() throws Exception {
        String working = workshop.tool("mvn", "echo Apache Maven 3.6.3");
        assertRefused("mvn: version \"3.6.3\" is too old, 3.8 or newer is needed; install Maven 3.8 or newer");

        Files.delete(workshop.bin().resolve("mvn"));
        assertRefused("mvn: not found on the path; install Maven 3.8 or newer");

        workshop.tool("mvn", working);
        workshop.run("check");
        Files.delete(workshop.bin().resolve("mvn"));
        assertThat(workshop.run("check").code()).isEqualTo(4);
    }

    @Test
    void says_which_node_is_needed_but_only_to_build_and_to_render() throws Exception {
        workshop.tool("node", "echo v18.20.4");
        assertRefused(
                "node: \"%s\" is version \"v18.20.4\" and 20 or newer is needed; install Node 20 or newer (nodejs.org)"
                        .formatted(workshop.bin().resolve("node")));

        Files.delete(workshop.bin().resolve("node"));
        assertRefused("node: not found on the path; install Node 20 or newer (nodejs.org)");

        workshop.tool("node", "echo v20.0.0");
        workshop.run("check");
        Files.delete(workshop.bin().resolve("node"));
        assertRefused("node: not found on the path");
        // Its pages tell of what is rendered.
        assertThat(workshop.run("docs").code()).isEqualTo(2);
        assertThat(workshop.run("check").code()).isEqualTo(4);
    }

    @Test
    void says_that_a_runtime_without_a_compiler_does_not_build() throws Exception {
        Files.delete(workshop.jdk().resolve("bin/javac"));

        assertRefused("javac: \"javac\" does not exist, so this Java can run but not build; install a JDK 17 or newer");
    }

    @Test
    void builds_again_what_was_edited_while_it_built() throws Exception {
        String working = workshop.tool("mvn", "");
        workshop.tool("mvn", working + "touch src/main/java/A.java\n");

        workshop.run("synth");
        workshop.run("synth");

        assertThat(workshop.builds()).isEqualTo(2);
    }

    private void assertRefused(String message) throws Exception {
        Workshop.Run run = workshop.run("synth");
        assertThat(run.err()).contains(message);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
    }
}
