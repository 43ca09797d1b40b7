package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.ParsedFiles;
import io.meshwright.manifest.packed.Packer;
import io.meshwright.manifest.packed.Texts;
import io.meshwright.manifest.packed.Unpacker;
import io.meshwright.mesh.Mesh;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {
    private static final Rule RULE = DocumentsAreObjects.INCOMPLETE_OBJECT;

    @TempDir
    Path folder;

    private final List<String> looked = Collections.synchronizedList(new ArrayList<>());
    private byte[] kept = new byte[0];
    private final Texts texts = new Texts();

    private final class EachIsFound implements ObjectCheck {
        private final String facts;

        EachIsFound(String facts) {
            this.facts = facts;
        }

        @Override
        public List<Rule> rules() {
            return List.of();
        }

        @Override
        public Look look(Mesh mesh) {
            return new Look() {
                @Override
                public String facts() {
                    return facts;
                }

                @Override
                public boolean isDecidedBy(Manifest object) {
                    return !object.name().equals("rests-on-others");
                }

                @Override
                public List<Finding> findings(Manifest object) {
                    looked.add(object.name());
                    return List.of(RULE.at(object, "says %s".formatted(object.at("/data/a"))));
                }
            };
        }
    }

    @BeforeEach
    void has_three_files() throws IOException {
        write("one", "1");
        write("two", "1");
        write("rests-on-others", "1");
        run("facts");
        looked.clear();
    }

    private void write(String name, String value) throws IOException {
        Files.writeString(
                folder.resolve(name.concat(".yaml")),
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}, data: {a: '%s'}}\n".formatted(name, value));
    }

    private List<String> run(String facts) {
        Unpacker from = new Unpacker(kept, texts);
        boolean first = kept.length == 0;
        ParsedFiles files = first ? ParsedFiles.keeping(texts) : ParsedFiles.unpacked(from, texts);
        Verdicts verdicts = first ? Verdicts.keeping() : Verdicts.unpacked(from);
        Mesh mesh = Mesh.of(new ManifestReader(files).path(folder).read().manifests());
        verdicts.recall(files);
        List<String> found = verdicts.of(new EachIsFound(facts), mesh)
                .map(finding -> "%s %s".formatted(finding.object(), finding.message()))
                .toList();
        Packer to = new Packer(texts);
        files.pack(to, texts);
        verdicts.pack(files, to);
        kept = to.bytes();
        return found;
    }

    @Test
    void looks_again_at_what_changed_and_at_what_rests_on_other_objects() throws IOException {
        write("two", "2");

        assertThat(run("facts"))
                .containsExactly(
                        "ConfigMap one says \"1\"", "ConfigMap rests-on-others says \"1\"", "ConfigMap two says \"2\"");
        assertThat(looked).containsExactlyInAnyOrder("two", "rests-on-others");
    }

    @Test
    void looks_again_at_all_when_a_fact_changed() {
        run("other facts");

        assertThat(looked).containsExactlyInAnyOrder("one", "two", "rests-on-others");
    }

    @Test
    void forgets_facts_that_are_no_longer_asked_for() {
        run("other facts");
        looked.clear();
        run("facts");

        assertThat(looked).containsExactlyInAnyOrder("one", "two", "rests-on-others");
    }
}
