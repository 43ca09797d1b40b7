package io.meshwright.receipt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {
    private static final Path FILE = Path.of("environments/azure.yaml");

    @TempDir
    Path folder;

    private final Map<String, String> variables = new LinkedHashMap<>();
    private Path jar;
    private Path charts;
    private Path node;

    @BeforeEach
    void has_a_program() throws IOException {
        jar = Files.writeString(folder.resolve("program.jar"), "one");
        charts = Files.createDirectories(folder.resolve("classes/team"));
        Files.writeString(charts.resolve("TeamChart.class"), "one");
        node = Files.writeString(folder.resolve("node"), "one");
        Files.setPosixFilePermissions(node, PosixFilePermissions.fromString("rwxr-xr-x"));
        variables.put("PATH", folder.toString());
    }

    @Test
    void are_the_same_while_nothing_changes() {
        assertThat(digest()).isEqualTo(digest());
    }

    @Test
    void differ_by_the_text_and_the_name_of_the_file() throws IOException {
        Inputs inputs = inputs();

        assertThat(inputs.with(FILE, new byte[] {1})).isNotEqualTo(inputs.with(FILE, new byte[] {2}));
        assertThat(inputs.with(FILE, new byte[] {1}))
                .isNotEqualTo(inputs.with(Path.of("environments/egov.yaml"), new byte[] {1}));
    }

    @Test
    void differ_when_a_jar_is_written_again_with_the_same_length_and_time() throws Exception {
        String before = digest();
        FileTime time = Files.getLastModifiedTime(jar);
        Thread.sleep(50);
        Files.writeString(jar, "two");
        Files.setLastModifiedTime(jar, time);

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    void differ_by_a_class_beside_the_program() throws Exception {
        String before = digest();
        Files.writeString(charts.resolve("Other.class"), "one");
        String more = digest();
        Files.delete(charts.resolve("TeamChart.class"));

        assertThat(more).isNotEqualTo(before);
        assertThat(digest()).isNotEqualTo(more);
    }

    @Test
    void differ_by_node_and_by_the_variables_that_it_reads() throws Exception {
        String before = digest();
        variables.put("CDK8S_DISABLE_SORT", "1");
        String unsorted = digest();
        variables.remove("CDK8S_DISABLE_SORT");
        variables.put("EDITOR", "vi");
        assertThat(digest()).isEqualTo(before);
        Thread.sleep(50);
        Files.writeString(node, "two");

        assertThat(unsorted).isNotEqualTo(before);
        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    void differ_by_a_program_that_starts_the_kernel() throws Exception {
        Path kernel = Files.writeString(folder.resolve("kernel.cjs"), "one");
        variables.put("JSII_RUNTIME", "exec '%s' '%s'".formatted(node, kernel));
        String before = digest();
        Thread.sleep(50);
        Files.writeString(kernel, "two");

        assertThat(digest()).isNotEqualTo(before);
    }

    @Test
    void are_not_settled_while_the_program_is_as_young_as_a_tick_of_the_clock() throws IOException {
        FileTime written = (FileTime) Files.getAttribute(jar, "unix:ctime");

        assertThat(at(written).settled()).isFalse();
        assertThat(at(FileTime.fromMillis(written.toMillis() + 10_000)).settled())
                .isTrue();
    }

    private String digest() {
        return inputs().with(FILE, new byte[0]);
    }

    private Inputs inputs() {
        return at(FileTime.fromMillis(0));
    }

    private Inputs at(FileTime now) {
        String classPath = jar + File.pathSeparator + charts.getParent() + File.pathSeparator + folder.resolve("none");
        return Inputs.of(variables, classPath, now).orElseThrow();
    }
}
