package io.meshwright.environment.reader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.reader.Reading.Accepted;
import io.meshwright.environment.reader.Reading.Refused;
import io.meshwright.value.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LayersTest implements Bases {
    private static final String HEAD = "apiVersion: meshwright.io/v1\nkind: EnvironmentBase\n";

    private final Map<String, String> files = new LinkedHashMap<>();
    private Optional<Overlay> overlay = Optional.empty();

    /** What these files are: every kind of value once. */
    record Shop(
            @Nullable String name,
            @Nullable Integer size,
            @Nullable List<String> hosts,
            @Nullable Map<String, Store> stores) {}

    record Store(
            @Nullable String type,
            @Nullable String host,
            @Nullable Integer port) {}

    @Test
    void mappings_are_merged_by_key_and_lists_and_scalars_replace() {
        base("base", "name: base\nsize: 1\nhosts: [a, b]\nstores: {one: {host: a, port: 1}, two: {host: b}}\n");

        assertThat(shop("extends: [base]\nsize: 2\nhosts: [c]\nstores: {one: {port: 3}}\n"))
                .isEqualTo(new Shop(
                        "base",
                        2,
                        List.of("c"),
                        Map.of("one", new Store(null, "a", 3), "two", new Store(null, "b", null))));
    }

    @Test
    void a_mapping_with_another_type_replaces() {
        base("base", "stores: {one: {type: x, host: a, port: 1}, two: {type: x, host: b}}\n");

        assertThat(shop("extends: [base]\nstores: {one: {type: y, port: 3}, two: {type: x, port: 4}}\n")
                        .stores())
                .isEqualTo(Map.of("one", new Store("y", null, 3), "two", new Store("x", "b", 4)));
    }

    @Test
    void null_removes_what_a_base_gave_and_nothing_else() {
        base("base", "size: 1\nstores: {one: {host: a}, two: {host: b}}\n");

        assertThat(shop("extends: [base]\nsize: null\nstores: {one: null}\n"))
                .isEqualTo(new Shop(null, null, null, Map.of("two", new Store(null, "b", null))));
        assertThat(problems("extends: [base]\nname: null\n"))
                .containsExactly("shop.yaml:2:7 name: has no value; give one or remove the key");
    }

    @Test
    void later_bases_are_over_earlier_ones_and_bases_of_bases_below_them() {
        base("deep", "name: deep\nsize: 0\nhosts: [deep]\n");
        base("one", "extends: [deep]\nname: one\nsize: 1\n");
        base("two", "name: two\n");

        assertThat(shop("extends: [one, two]\n")).isEqualTo(new Shop("two", 1, List.of("deep"), null));
    }

    @Test
    void what_is_wrong_is_told_where_it_stands() {
        base("base", "size: many\nhosts: [a]\nnmae: x\n");

        assertThat(problems("extends: [base]\nstores: {one: {port: no}}\n"))
                .containsExactly(
                        "base:3:7 size: \"many\" is a text; give a whole number such as 3",
                        "base:5:1 nmae: is unknown; write \"name\" (known: name, size, hosts, stores)",
                        "shop.yaml:2:22 stores.one.port: \"no\" is a yes-or-no value; give a whole number such as 3");
    }

    @Test
    void a_key_that_is_given_twice_is_refused_in_base_and_file() {
        base("base", "size: 1\nsize: 2\n");

        assertThat(problems("extends: [base]\nname: a\nname: b\n"))
                .containsExactly(
                        "base:4:1 size: is given twice, first in line 3; keep one of them",
                        "shop.yaml:3:1 name: is given twice, first in line 2; keep one of them");
    }

    @Test
    void a_circle_and_a_missing_or_foreign_base_are_refused_where_they_are_asked_for() {
        base("base", "extends: [other]\n");
        base("other", "extends: [base, shop.yaml]\n");
        files.put("foreign", "kind: Deployment\n");

        assertThat(problems("extends: [base, gone, foreign, outside]\n"))
                .containsExactly(
                        "foreign:1:1 apiVersion: is missing; write meshwright.io/v1",
                        "foreign:1:7 kind: is of no base; write Environment or EnvironmentBase",
                        "other:3:11 extends: \"base\" leads back to this file; take it out of one of: shop.yaml, base, other",
                        "other:3:17 extends: \"shop.yaml\" leads back to this file; take it out of one of: shop.yaml, base,"
                                + " other",
                        "shop.yaml:1:17 extends: \"gone\" names no file; give the path of one from the folder of this file",
                        "shop.yaml:1:32 extends: \"outside\" is outside; stay");
    }

    @Test
    void what_is_written_over_a_file_is_told_where_it_stands() {
        overlay = Optional.of(new Overlay(
                SourceText.of("images", bytes("one: a.example.org\ntwo: [b]\nnone: c\n")),
                key -> List.of("stores", key, "host"),
                2));

        assertThat(problems("size: 1\nstores: {one: {host: x}, two: {port: 2}}\n"))
                .containsExactly(
                        "images:2:1 stores.two.host: is a list; give a text",
                        "images:3:1 none: there is no \"none\"; remove it, or use the name that stands in the file");
        overlay = Optional.of(new Overlay(
                SourceText.of("images", bytes("one: a.example.org\n")), key -> List.of("stores", key, "host"), 2));
        assertThat(shop("stores: {one: {host: x, port: 1}}\n").stores())
                .isEqualTo(Map.of("one", new Store(null, "a.example.org", 1)));
    }

    @Test
    void what_is_no_list_of_paths_is_refused() {
        assertThat(problems("extends: base.yaml\n"))
                .containsExactly("shop.yaml:1:10 extends: is no list of paths; write [base.yaml]");
        assertThat(problems("extends: [{a: b}]\n"))
                .containsExactly("shop.yaml:1:10 extends: is no list of paths; write [base.yaml]");
    }

    @Test
    void broken_yaml_of_a_base_is_told_there() {
        files.put("base", HEAD + "size: [1\n");

        assertThat(problems("extends: [base]\n")).hasSize(1).allMatch(told -> told.startsWith("base:"));
    }

    private void base(String name, String text) {
        files.put(name, HEAD + text);
    }

    private Shop shop(String text) {
        return ((Accepted<Shop>) read(text)).value();
    }

    private List<String> problems(String text) {
        return ((Refused<Shop>) read(text))
                .problems().stream().map(Object::toString).toList();
    }

    private Reading<Shop> read(String text) {
        files.put("shop.yaml", text);
        return RecordReader.read("shop.yaml", bytes(text), this, Shop.class);
    }

    @Override
    public List<Overlay> overlays() {
        return overlay.stream().toList();
    }

    @Override
    public Optional<SourceText> find(String file, String asked) {
        if (asked.equals("outside")) {
            throw new InvalidValue("", "is outside", "stay");
        }
        return Optional.ofNullable(files.get(asked)).map(text -> SourceText.of(asked, bytes(text)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
