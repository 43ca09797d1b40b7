package io.meshwright.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ParsedTextsTest {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: shop, namespace: shop}
            spec: {ports: [{port: 80}]}
            """;

    private final ParsedTexts texts = ParsedTexts.shared();

    private Reading read(String file, String text) {
        return new ManifestReader(texts).text(file, text).read();
    }

    @Test
    void the_same_text_is_the_same_body_at_places_of_its_own() {
        Manifest first = read("old/shop.yaml", SERVICE).manifests().all().get(0);
        Manifest second = read("new/shop.yaml", "# moved\n---\n---\n" + SERVICE)
                .manifests()
                .all()
                .get(0);
        Manifest third = read("new/shops.yaml", "kind: Config\napiVersion: v1\n---\n" + SERVICE.replace("80", "81"))
                .manifests()
                .all()
                .get(1);
        Manifest fourth = read("new/shops.yaml", "a: 1\n---\n" + SERVICE.replace("80", "81"))
                .manifests()
                .all()
                .get(0);

        assertThat(first.place()).hasToString("old/shop.yaml:1:1");
        assertThat(first.place("/spec/ports")).hasToString("old/shop.yaml:4:8");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(fourth.body()).isSameAs(third.body());
        assertThat(third.place()).hasToString("new/shops.yaml:4:1");
        assertThat(fourth.place()).hasToString("new/shops.yaml:3:1");
        assertThat(fourth.place("/spec/ports")).hasToString("new/shops.yaml:6:8");
    }

    @Test
    void a_flaw_is_told_wherever_it_is_read() {
        List<String> flaws = List.of("a.yaml", "b.yaml").stream()
                .flatMap(file -> read(file, "kind: [\n").unreadable().stream())
                .map(flaw -> flaw.place().file())
                .toList();
        assertThat(flaws).containsExactly("a.yaml", "b.yaml");
    }

    @Test
    void readers_without_it_share_nothing() {
        Manifest first = ManifestReader.of("a.yaml", SERVICE).manifests().all().get(0);
        Manifest second = ManifestReader.of("a.yaml", SERVICE).manifests().all().get(0);
        assertThat(first.body()).isEqualTo(second.body()).isNotSameAs(second.body());
    }
}
