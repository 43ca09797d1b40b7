package io.meshwright.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Unreadable.Flaw;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestReaderTest {
    private static final String SERVICE = """
        apiVersion: v1
        kind: Service
        metadata: {name: %s, namespace: shop}
        """;

    @Test
    void reads_every_document_of_a_text() {
        Reading reading = ManifestReader.of(
                "a.yaml", SERVICE.formatted("web") + "---\n# nothing\n---\n" + SERVICE.formatted("api"));

        assertThat(reading.manifests().all()).extracting(Manifest::name).containsExactly("api", "web");
        assertThat(reading.unreadable()).isEmpty();
    }

    @Test
    void a_broken_document_spoils_no_other() {
        Reading reading = ManifestReader.of(
                "a.yaml", SERVICE.formatted("web") + "---\nkind: [\n---\n" + SERVICE.formatted("api"));

        assertThat(reading.manifests().all()).hasSize(2);
        assertThat(reading.unreadable()).singleElement().satisfies(flaw -> {
            assertThat(flaw.flaw()).isEqualTo(Flaw.SYNTAX);
            assertThat(flaw.place().line()).isEqualTo(6);
        });
    }

    @Test
    void a_namespace_that_is_not_written_stays_unwritten() {
        Manifest manifest = only("apiVersion: v1\nkind: Pod\nmetadata: {name: p}");

        assertThat(manifest.namespace()).isEmpty();
        assertThat(manifest.home()).isEqualTo("default");
        assertThat(manifest).hasToString("Pod p");
    }

    @Test
    void all_versions_of_a_kind_are_one_kind_and_equal_names_of_other_groups_are_not() {
        Reading reading = ManifestReader.of("a.yaml", """
            {apiVersion: networking.istio.io/v1alpha3, kind: Gateway, metadata: {name: a}}
            ---
            {apiVersion: networking.istio.io/v1, kind: Gateway, metadata: {name: b}}
            ---
            {apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: c}}
            """);

        assertThat(reading.manifests().kind(Kind.GATEWAY))
                .extracting(Manifest::name)
                .containsExactly("a", "b");
    }

    @Test
    void takes_lists_apart_and_keeps_the_places_of_their_items() {
        Manifest manifest = ManifestReader.of("list.yaml", """
            apiVersion: networking.istio.io/v1
            kind: VirtualServiceList
            items:
            - metadata: {name: first}
            - metadata:
                name: second
              spec:
                hosts: [a]
            """)
                .manifests()
                .find(Kind.VIRTUAL_SERVICE, "default", "second")
                .orElseThrow();

        assertThat(manifest.apiVersion()).isEqualTo("networking.istio.io/v1");
        assertThat(manifest.place()).hasToString("list.yaml:5:3");
        assertThat(manifest.place("/spec/hosts/0")).hasToString("list.yaml:8:13");
    }

    @Test
    void an_object_whose_kind_merely_ends_in_list_stays_whole() {
        assertThat(only("apiVersion: example.com/v1\nkind: AllowList\nmetadata: {name: x}\nspec: {items: []}")
                        .kind()
                        .name())
                .isEqualTo("AllowList");
    }

    @Test
    void reads_json_indented_with_tabs() {
        assertThat(only("{\n"
                                + "\t\"apiVersion\": \"v1\",\n"
                                + "\t\"kind\": \"Pod\",\n"
                                + "\t\"metadata\": {\"name\": \"a\\/b\\ud83d\\ude00\"}\n"
                                + "}")
                        .name())
                .isEqualTo("a/b\uD83D\uDE00");
    }

    @Test
    void reads_json_objects_that_follow_each_other_without_a_mark() {
        String pod = "{\n\"apiVersion\": \"v1\",\n\"kind\": \"Pod\",\n\"metadata\": {\"name\": \"a\\\\/b\"}\n}\n";
        Reading reading = ManifestReader.of("x", pod.repeat(2));

        assertThat(reading.manifests().all()).extracting(Manifest::name).containsExactly("a\\/b", "a\\/b");
        assertThat(reading.unreadable()).isEmpty();
    }

    @Test
    void a_template_is_told_apart_from_broken_yaml_and_once() {
        assertThat(flaws("{{- if .Values.x }}\n{{- with .y }}\nkind: Pod\n{{- end }}\n{{- end }}"))
                .containsExactly(Flaw.TEMPLATE);
    }

    @Test
    void says_where_a_field_stands_or_its_nearest_ancestor() {
        Manifest manifest = ManifestReader.of("a.yaml", """
            # comment
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata:
              name: c
              annotations:
                a.b/c~d: x
            data: {}
            """).manifests().all().get(0);

        assertThat(manifest.place()).hasToString("a.yaml:3:1");
        assertThat(manifest.place("/metadata/annotations/a.b~1c~0d")).hasToString("a.yaml:8:5");
        assertThat(manifest.place("/data/x/y")).hasToString("a.yaml:9:1");
        assertThat(manifest.place("/spec/x")).hasToString("a.yaml:3:1");
    }

    @Test
    void the_last_of_two_equal_keys_counts_and_is_told() {
        Reading reading = ManifestReader.of("a.yaml", SERVICE.formatted("web") + "spec:\n  type: A\n  type: B\n");

        assertThat(reading.manifests().all().get(0).text("/spec/type")).contains("B");
        assertThat(reading.unreadable())
                .singleElement()
                .hasToString(
                        "Unreadable[place=a.yaml:6:3, flaw=DUPLICATE_KEY, message=type: is written twice and only the"
                                + " last value counts; keep one]");
    }

    @Test
    void anchors_aliases_and_merges_are_written_out() {
        Manifest manifest = only("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c}
            base: &base {a: 1, b: 2}
            own: {<<: *base, b: 3}
            same: *base
            """);

        assertThat(manifest.at("/own")).hasToString("{\"b\":3,\"a\":1}");
        assertThat(manifest.at("/same/a").intValue()).isEqualTo(1);
    }

    @Test
    void an_anchor_that_contains_itself_is_refused() {
        assertThat(flaws("a: &a [*a]")).containsExactly(Flaw.RECURSION);
    }

    @Test
    void aliases_that_explode_are_refused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int level = 1; level < 12; level++) {
            bomb.append("a%d: &a%1$d [%s]\n"
                    .formatted(level, "*a%d, ".formatted(level - 1).repeat(10)));
        }

        assertThat(flaws(bomb.toString())).containsExactly(Flaw.SIZE);
    }

    @Test
    void endless_nesting_is_refused() {
        assertThat(flaws("[".repeat(100_000))).containsExactly(Flaw.SIZE);
    }

    @Test
    void a_text_that_no_cluster_stores_is_refused_at_its_line_and_its_neighbours_are_read() {
        String endless = "a".repeat(20 << 20);
        Reading reading = ManifestReader.of(
                "a.yaml",
                "kind: ConfigMap\ndata:\n  key: \"%s\"\n---\n%s".formatted(endless, SERVICE.formatted("web")));

        assertThat(reading.unreadable())
                .singleElement()
                .hasToString("Unreadable[place=a.yaml:3:1, flaw=SIZE, "
                        + "message=document: holds a text of more than 1.5 MiB, which no cluster stores; shorten it]");
        assertThat(reading.manifests().all()).hasSize(1);
    }

    @Test
    void many_megabytes_of_json_on_one_line_are_read() {
        String item = "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"web-%d\"}}";
        String items = IntStream.range(0, 40_000).mapToObj(item::formatted).collect(Collectors.joining(","));
        Reading reading = ManifestReader.of(
                "a.json", "{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[%s]}".formatted(items));

        assertThat(reading.unreadable()).isEmpty();
        assertThat(reading.manifests().all()).hasSize(40_000);
    }

    @Test
    void indentation_by_tab_is_a_syntax_flaw_with_its_place() {
        Unreadable flaw = ManifestReader.of("a.yaml", "kind: Pod\nmetadata:\n\tname: x")
                .unreadable()
                .get(0);

        assertThat(flaw.flaw()).isEqualTo(Flaw.SYNTAX);
        assertThat(flaw.place()).hasToString("a.yaml:3:1");
    }

    @Test
    void documents_that_are_no_objects_are_told_apart_from_broken_objects() {
        assertThat(flaws("replicas: 3")).containsExactly(Flaw.FOREIGN);
        assertThat(flaws("- a\n- b")).containsExactly(Flaw.FOREIGN);
        assertThat(flaws("just text")).containsExactly(Flaw.FOREIGN);
        assertThat(flaws("apiVersion: v2\nname: chart")).containsExactly(Flaw.FOREIGN);
        assertThat(flaws("kind: Pod\nspec: {}")).containsExactly(Flaw.INCOMPLETE);
        assertThat(flaws("apiVersion: v1\nkind: [Pod]\nmetadata: {}")).containsExactly(Flaw.INCOMPLETE);
        assertThat(flaws("apiVersion: 1\nkind: Pod\nmetadata: {}")).containsExactly(Flaw.INCOMPLETE);
    }

    @Test
    void several_objects_without_apiVersion_are_another_programs_where_none_has_it() {
        String policy = "kind: Policy\nmetadata: {name: human}\nspec: {}";

        assertThat(flaws("%s\n---\n%s".formatted(policy, policy))).containsExactly(Flaw.FOREIGN);
        assertThat(flaws("%s\n---\n%s\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: x}".formatted(policy, policy)))
                .containsExactly(Flaw.INCOMPLETE, Flaw.INCOMPLETE);
    }

    @Test
    void metadata_of_any_type_is_borne() {
        assertThat(only("apiVersion: v1\nkind: Pod\nmetadata: [x]").name()).isEmpty();
        assertThat(only("apiVersion: v1\nkind: Pod\nmetadata: {name: p, namespace: 3, labels: x, annotations: [1]}")
                        .labels())
                .isEmpty();
        assertThat(only("apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {version: 1, on: {}, x: null}}")
                        .labels())
                .containsOnly(java.util.Map.entry("version", "1"));
    }

    @Test
    void bytes_that_are_no_text_are_refused_with_their_line() {
        byte[] bytes = {'a', ':', '\n', (byte) 0xc3, 0x28};
        Reading reading = new ManifestReader()
                .stream("x", new ByteArrayInputStream(bytes)).read();

        assertThat(reading.unreadable()).singleElement().satisfies(flaw -> {
            assertThat(flaw.flaw()).isEqualTo(Flaw.ENCODING);
            assertThat(flaw.place().line()).isEqualTo(2);
        });
    }

    @Test
    void a_control_character_is_a_syntax_flaw_with_its_place() {
        Unreadable flaw = ManifestReader.of("x", "a: 1\nb: \u0001").unreadable().get(0);

        assertThat(flaw.place()).hasToString("x:2:4");
    }

    @Test
    void utf_16_with_a_byte_order_mark_is_read() {
        byte[] bytes = ("\uFEFF" + SERVICE.formatted("web")).getBytes(StandardCharsets.UTF_16LE);

        assertThat(new ManifestReader()
                        .stream("x", new ByteArrayInputStream(bytes))
                                .read()
                                .manifests()
                                .all())
                .hasSize(1);
    }

    @Test
    void a_folder_is_read_with_its_folders_but_not_the_hidden_ones(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("b/.git"));
        Files.writeString(folder.resolve("b/one.yml"), SERVICE.formatted("one"));
        Files.writeString(folder.resolve("two.JSON"), "{apiVersion: v1, kind: Pod, metadata: {name: two}}");
        Files.writeString(folder.resolve("notes.txt"), "no yaml: [");
        Files.writeString(folder.resolve("b/.git/three.yaml"), SERVICE.formatted("three"));

        Reading reading = new ManifestReader()
                .path(folder)
                .path(folder.resolve("b"))
                .path(folder.resolve("none.yaml"))
                .read();

        assertThat(reading.manifests().all()).extracting(Manifest::name).containsExactly("two", "one");
        assertThat(reading.unreadable()).extracting(Unreadable::flaw).containsExactly(Flaw.FILE);
    }

    @Test
    void the_order_of_reading_does_not_show() {
        String web = SERVICE.formatted("web");
        String api = SERVICE.formatted("api");

        assertThat(new ManifestReader()
                        .text("1", web)
                        .text("2", api)
                        .read()
                        .manifests()
                        .all())
                .extracting(Manifest::place)
                .isEqualTo(new ManifestReader()
                        .text("2", api).text("1", web).read().manifests().all().stream()
                                .map(Manifest::place)
                                .toList());
    }

    @Test
    void the_construct_that_made_an_object_is_remembered() {
        Manifest manifest = new ManifestReader()
                .text("a", SERVICE.formatted("web"), "App/Shop")
                .read()
                .manifests()
                .all()
                .get(0);

        assertThat(manifest.constructPath()).contains("App/Shop");
        assertThat(manifest.madeBy("App/Other").constructPath()).contains("App/Other");
    }

    private static Manifest only(String text) {
        Reading reading = ManifestReader.of("test.yaml", text);
        assertThat(reading.unreadable()).isEmpty();
        assertThat(reading.manifests().all()).hasSize(1);
        return reading.manifests().all().get(0);
    }

    private static List<Flaw> flaws(String text) {
        return ManifestReader.of("test.yaml", text).unreadable().stream()
                .map(Unreadable::flaw)
                .toList();
    }

    @Test
    void a_key_that_yaml_cannot_find_is_told_by_its_length() {
        String key = "k".repeat(1100);
        for (String data : List.of("{\"%s\": a}".formatted(key), "\n  %s: a".formatted(key))) {
            Reading reading =
                    ManifestReader.of("x.yaml", "apiVersion: v1\nkind: ConfigMap\ndata: %s\n".formatted(data));

            assertThat(reading.unreadable())
                    .extracting(Unreadable::message)
                    .containsExactly("document: is not YAML, a key is longer than 1,024 characters; mend it");
        }
        assertThat(ManifestReader.of(
                                "x.yaml", "apiVersion: v1\nkind: ConfigMap\ndata: {%s: a}\n".formatted("k".repeat(900)))
                        .manifests()
                        .all())
                .hasSize(1);
    }
}
