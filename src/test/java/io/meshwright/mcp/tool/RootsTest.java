package io.meshwright.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.manifest.Reading;
import io.meshwright.value.InvalidValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootsTest {
    private static final String SERVICE =
            "{apiVersion: v1, kind: Service, metadata: {name: %s, namespace: shop}, spec: {ports: [{port: 80}]}}";

    @TempDir
    Path folder;

    private Path root;
    private Roots roots;

    @BeforeEach
    void has_one_file_inside_and_one_outside() throws IOException {
        root = Files.createDirectories(folder.resolve("root"));
        Files.writeString(root.resolve("in.yaml"), SERVICE.formatted("inside"));
        Path other = Files.createDirectories(folder.resolve("root-other"));
        Files.writeString(other.resolve("out.yaml"), SERVICE.formatted("outside"));
        Files.createSymbolicLink(root.resolve("file.yaml"), other.resolve("out.yaml"));
        Files.createSymbolicLink(root.resolve("link"), other);
        Files.createSymbolicLink(root.resolve("same.yaml"), root.resolve("in.yaml"));
        roots = Roots.of(List.of(root));
    }

    @Test
    void finds_what_is_below_by_its_way_from_the_root_or_by_its_whole_one() {
        assertThat(roots.admitted("in.yaml")).isEqualTo(root.resolve("in.yaml"));
        assertThat(roots.admitted(".")).isEqualTo(root);
        assertThat(roots.admitted(root.resolve("in.yaml").toString())).exists();
        assertThat(roots.admitted("same.yaml")).exists();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../root-other/out.yaml",
                "..",
                "/",
                "/etc/passwd",
                "link",
                "link/out.yaml",
                "file.yaml",
                "link/../../root-other/out.yaml",
                "nothing.yaml",
                "in.yaml\u0000.txt",
                "%2e%2e/root-other/out.yaml"
            })
    void refuses_all_else_in_the_same_words_whether_it_exists_or_not(String asked) {
        assertThatThrownBy(() -> roots.admitted(asked))
                .isInstanceOf(InvalidValue.class)
                .hasMessage(
                        "path: \"%s\" is no file and no folder below the roots; name one that is, as seen from a root"
                                .formatted(asked));
    }

    @Test
    void reads_no_file_to_which_a_link_within_leads_and_says_so() {
        Reading reading = roots.reader().path(root).read();

        assertThat(reading.manifests().all())
                .extracting(manifest -> manifest.toString())
                .containsExactly("Service shop/inside");
        assertThat(reading.unreadable())
                .extracting(flaw -> flaw.place().file().replaceFirst(".*/", ""))
                .containsExactly("file.yaml", "link");
        assertThat(reading.unreadable().get(0).message()).contains("leads out of the folders that may be read");
    }

    @Test
    void wants_a_folder_that_exists() {
        assertThatThrownBy(() -> Roots.of(List.of(root.resolve("in.yaml"))))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("is no folder; name one that exists");
    }
}
