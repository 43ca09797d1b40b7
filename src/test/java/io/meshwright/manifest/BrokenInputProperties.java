package io.meshwright.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class BrokenInputProperties {
    private static final String GOOD = """
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: reviews, namespace: shop, labels: {app: "x"}}
      spec:
        hosts: [reviews]
        http:
          - match: [{uri: {prefix: /a}}]
            route: &r
              - destination: {host: reviews, subset: 'v1'}
          - route: *r
      """;

    @Property(tries = 500)
    void no_bytes_throw(@ForAll byte[] bytes) {
        Reading reading = new ManifestReader()
                .stream("x", new ByteArrayInputStream(bytes)).read();

        reading.manifests()
                .all()
                .forEach(manifest -> assertThat(manifest.place("/spec/x")).isNotNull());
    }

    @Property(tries = 1000)
    void no_text_throws_and_what_follows_is_read(@ForAll("yamlish") String text) {
        Reading reading = new ManifestReader()
                .text("x", "%s\n---\n%s".formatted(text, GOOD))
                .read();

        assertThat(reading.manifests().kind(Kind.VIRTUAL_SERVICE)).hasSize(1);
        reading.manifests()
                .all()
                .forEach(manifest -> assertThat(manifest.place("/a").file()).isEqualTo("x"));
    }

    @Property(tries = 300)
    void no_truncation_throws(@ForAll @IntRange(max = 300) int length) {
        Reading reading = ManifestReader.of("x", GOOD.substring(0, Math.min(length, GOOD.length())));

        reading.manifests()
                .all()
                .forEach(manifest -> assertThat(manifest.place("/spec/http/0")).isNotNull());
        assertThat(reading.manifests().all().size() + reading.unreadable().size())
                .isLessThanOrEqualTo(2);
    }

    @Provide
    Arbitrary<String> yamlish() {
        Arbitrary<String> pieces = Arbitraries.of(
                "kind",
                ": ",
                "\n",
                "- ",
                "  ",
                "\t",
                "{",
                "}",
                "[",
                "]",
                "&a ",
                "*a",
                "<<",
                "? ",
                "|",
                ">",
                "'",
                "\"",
                "\\x",
                "\\U0011FFFF",
                "!!int ",
                "!t ",
                "%YAML 9.9\n",
                "#",
                ",",
                "...\n",
                "0x",
                "1e999",
                "apiVersion: v1\n",
                "\u2028",
                "\uFEFF",
                "\uD800");
        return pieces.list().ofMaxSize(30).map(list -> String.join("", list));
    }
}
