package io.meshwright.environment.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.Environment;
import io.meshwright.value.traffic.Canary;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyTreeTest {
    private final KeyTree tree = KeyTree.of(Environment.class);

    @Test
    void finds_a_key_by_every_way_to_write_its_path() {
        for (String path : List.of("gateway.hosts.*.jwt", "gateway.hosts[\"a.example.org\"].jwt")) {
            assertThat(tree.find(path)).hasToString("[gateway.hosts.*.jwt]");
        }
        for (String path : List.of("services.a.ports[3].port", "services.*.ports[].port", "services.*.ports.port")) {
            assertThat(tree.find(path)).hasToString("[services.*.ports[].port]");
        }
        assertThat(tree.find("services.a.release.versions"))
                .extracting(Key::variant)
                .contains("canary", "abTest");
        assertThat(tree.find("services.a.replicas")).isEmpty();
        assertThat(tree.find("")).isEmpty();
    }

    @Test
    void every_key_has_a_meaning_and_a_page() {
        assertThat(tree.everywhere())
                .hasSizeGreaterThan(500)
                .allSatisfy(key -> assertThat(tree.place(key)).as(key.path()).matches("[A-Za-z]+\\.md(#[a-z0-9-]+)?"))
                .filteredOn(key -> key.component().isPresent())
                .isNotEmpty()
                .allSatisfy(key ->
                        assertThat(KeyFacts.of(key).absent()).as(key.path()).isNotEmpty());
    }

    @Test
    void a_mapping_is_described_where_it_stands_first() {
        Key rate = only("services.*.resilience.rateLimit");

        assertThat(tree.place(only("gateway.hosts.*.cors.maxAge"))).isEqualTo("gateway.md#cors-maxage");
        assertThat(tree.place(only("gateway"))).isEqualTo("gateway.md");
        assertThat(tree.place(rate)).isEqualTo("resilience.md#resilience-ratelimit");
        assertThat(tree.mappingPlace(rate)).contains("resilience.md#ratelimit");
        assertThat(tree.mappingPlace(only("metadata.name"))).isEmpty();
        assertThat(tree.place(Canary.class, "steps")).isEqualTo("services.md#canary-steps");
        assertThat(tree.place(String.class, "")).startsWith("README.md#");
        assertThat(tree.described(only("resilience")))
                .extracting(Key::path)
                .contains("resilience", "resilience.rateLimit")
                .allMatch(path -> path.startsWith("resilience"));
    }

    @Test
    void keys_of_one_mapping_are_alike_at_all_their_places() {
        assertThat(tree.alike(only("resilience.timeout")))
                .extracting(Key::path)
                .contains("services.*.resilience.timeout")
                .doesNotContain("resilience.timeout");
        assertThat(tree.sameMapping(only("resilience"))).extracting(Key::path).containsExactly("services.*.resilience");
        assertThat(tree.alike(only("gateway.hosts.*"))).isEmpty();
    }

    @Test
    void the_nearest_keys_of_a_word_are_those_of_a_service() {
        assertThat(tree.near("replicas")).first().isEqualTo("services.*.scale.replicas");
        assertThat(tree.near("gateway.replica")).first().isEqualTo("gateway.replicas");
        assertThat(tree.near("TimeOut")).contains("resilience.timeout");
        assertThat(tree.near("nothingOfTheKind")).isEmpty();
    }

    private Key only(String path) {
        return tree.find(path).get(0);
    }
}
