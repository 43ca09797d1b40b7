package io.meshwright.environment.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.Environment;
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
}
