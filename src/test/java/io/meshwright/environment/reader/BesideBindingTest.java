package io.meshwright.environment.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.delivery.BesideBinary;
import io.meshwright.value.delivery.BesideFile;
import io.meshwright.value.delivery.BesideFolder;
import io.meshwright.value.delivery.BesideFolder.RawObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BesideBindingTest {
    private static final String MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a, namespace: shop}\n";

    /** One key for each sort of thing that lies beside a file. */
    record Names(
            @Nullable BesideFile text,
            @Nullable BesideBinary binary,
            @Nullable BesideFolder folder) {}

    @Test
    void a_path_becomes_what_its_file_holds() {
        assertThat(accepted("text: note.txt", "note.txt", "Grüße\n").text().text())
                .isEqualTo("Grüße\n");
        assertThat(accepted("binary: note.txt", "note.txt", "abc").binary().base64())
                .isEqualTo("YWJj");
    }

    @Test
    void a_path_becomes_the_objects_of_its_folder() {
        BesideFolder folder = accepted(
                        "folder: objects",
                        "objects",
                        MAP + "data: {a: '1', b: null, c: [1, null, {d: true}]}\n---\n" + MAP)
                .folder();

        assertThat(folder.path()).isEqualTo("objects");
        assertThat(folder.objects())
                .extracting(RawObject::place, RawObject::toString)
                .containsExactly(
                        Tuple.tuple("objects/all.yaml:1", "ConfigMap shop/a"),
                        Tuple.tuple("objects/all.yaml:6", "ConfigMap shop/a"));
        assertThat(folder.objects().get(0).content().get("data"))
                .isEqualTo(Map.of("a", "1", "c", List.of(1, Map.of("d", true))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        text: other.txt   | names.yaml:1:7 text: "other.txt" names no file; give the path of one from the folder of this file
        binary: other.txt | names.yaml:1:9 binary: "other.txt" names no file
        folder: other     | names.yaml:1:9 folder: "other" names no folder
        text: ../secret   | names.yaml:1:7 text: "../secret" leaves the repository; stay in it
        text: [a]         | names.yaml:1:1 text: is a list; give a text
        """)
    void a_path_without_one_is_refused(String written, String told) {
        assertThat(refused(written, "note.txt", "x"))
                .anySatisfy(problem -> assertThat(problem).startsWith(told));
    }

    @Test
    void a_file_that_is_no_text_is_refused_where_text_is_wanted() {
        Reading<Names> reading = read("text: note.txt", "note.txt", new byte[] {(byte) 0xff, 1});

        assertThat(problems(reading))
                .singleElement()
                .asString()
                .contains("note.txt", "files and configMaps take one that is no text by binary and binaryData");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        '[a]'                                             | objects/all.yaml:1:1: is a list; write one object of Kubernetes
        'kind: X\nmetadata: {name: a}'                    | apiVersion: is missing; add it
        'apiVersion: v1\nmetadata: {name: a}'             | kind: is missing; add it
        'apiVersion: 1\nkind: X\nmetadata: {name: a}'     | apiVersion: is missing; add it
        'apiVersion: v1\nkind: X'                         | metadata.name: is missing; give the object a name that stays
        'apiVersion: v1\nkind: Kustomization'             | metadata.name: is missing; write what kustomize build prints
        'apiVersion: v1\nkind: XList\nitems: []'          | kind: is a list of objects; write each as a document of its own
        'apiVersion: v1\nkind: X\nmetadata: {name: a}\na: 1\na: 2' | a: is given twice, first in line 4
        """)
    void what_is_no_object_is_refused_at_its_place(String manifest, String told) {
        assertThat(refused("folder: objects", "objects", manifest.replace("\\n", "\n")))
                .anySatisfy(problem ->
                        assertThat(problem).startsWith("objects/all.yaml:").contains(told));
    }

    @Test
    void a_list_that_is_an_object_is_one() {
        assertThat(accepted("folder: objects", "objects", "apiVersion: v1\nkind: AllowList\nmetadata: {name: a}\n")
                        .folder()
                        .objects())
                .hasSize(1);
    }

    @Test
    void a_folder_without_manifests_is_refused() {
        assertThat(problems(read("folder: empty", new Lying("empty", Optional.empty()))))
                .containsExactly(
                        "names.yaml:1:9 folder: \"empty\" holds no manifest; put files that end in .yaml there,"
                                + " or remove it");
    }

    private static Names accepted(String written, String path, String content) {
        Reading<Names> reading = read(written, path, content.getBytes(StandardCharsets.UTF_8));
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted<Names>) reading).value();
    }

    private static List<String> refused(String written, String path, String content) {
        return problems(read(written, path, content.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> problems(Reading<Names> reading) {
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        return ((Reading.Refused<Names>) reading)
                .problems().stream().map(Problem::toString).toList();
    }

    private static Reading<Names> read(String written, String path, byte[] content) {
        return read(written, new Lying(path, Optional.of(content)));
    }

    private static Reading<Names> read(String written, Bases bases) {
        return RecordReader.read("names.yaml", written.getBytes(StandardCharsets.UTF_8), bases, Names.class);
    }

    /** One file or folder that lies beside the file; without a content, an empty folder. */
    private record Lying(String path, Optional<byte[]> content) implements Bases {
        @Override
        public Optional<SourceText> find(String file, String asked) {
            if (asked.startsWith("..")) {
                throw new InvalidValue("", "leaves the repository", "stay in it");
            }
            return content.filter(any -> asked.equals(path)).map(bytes -> SourceText.of(path, bytes));
        }

        @Override
        public Optional<List<SourceText>> folder(String file, String asked) {
            return asked.equals(path)
                    ? Optional.of(content.map(bytes -> SourceText.of(path + "/all.yaml", bytes)).stream()
                            .toList())
                    : Optional.empty();
        }
    }
}
