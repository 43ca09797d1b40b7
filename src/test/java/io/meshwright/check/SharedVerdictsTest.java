package io.meshwright.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.ParsedTexts;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Two meshes that share the bodies of their objects find what each of them finds alone. */
class SharedVerdictsTest {
    private static final String GOOD = """
            apiVersion: v1
            kind: Service
            metadata: {name: shop, namespace: shop}
            spec: {ports: [{name: http, port: 80}], selector: {app: shop}}
            """;
    private static final String BAD = """
            apiVersion: v1
            kind: Service
            metadata: {name: other, namespace: shop}
            spec: {ports: [{name: http, port: 80000}], selector: {app: shop}}
            """;
    private static final String DEFINED = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: shops.example.org}
            spec:
              group: example.org
              scope: Namespaced
              names: {kind: Shop, plural: shops, singular: shop}
              versions:
              - name: v1
                served: true
                storage: true
                schema:
                  openAPIV3Schema:
                    type: object
                    properties: {spec: {type: object, properties: {open: {type: %s}}}}
            """;
    private static final String SHOP = """
            apiVersion: example.org/v1
            kind: Shop
            metadata: {name: corner, namespace: shop}
            spec: {open: true}
            """;

    private final ParsedTexts texts = ParsedTexts.shared();
    private final Verdicts verdicts = Verdicts.shared();

    private List<String> found(String... documents) {
        String text = String.join("---\n", documents);
        Reading shared = new ManifestReader(texts).text("shop.yaml", text).read();
        Reading alone = ManifestReader.of("shop.yaml", text);
        List<String> found = lines(Checks.run(shared, Mesh.of(shared.manifests()), Optional.empty(), verdicts));
        assertThat(found).isEqualTo(lines(Checks.run(alone, Optional.empty())));
        return found;
    }

    private static List<String> lines(Findings findings) {
        return findings.all().stream().map(Finding::toString).toList();
    }

    @Test
    void what_is_wrong_is_wrong_on_both_sides() {
        List<String> before = found(GOOD, BAD);
        assertThat(before).anyMatch(line -> line.contains("80000"));
        assertThat(found(GOOD, BAD)).isEqualTo(before);
    }

    @Test
    void a_body_is_looked_at_again_where_what_defines_it_differs() {
        assertThat(found(DEFINED.formatted("boolean"), SHOP)).noneMatch(line -> line.contains("corner"));
        assertThat(found(DEFINED.formatted("string"), SHOP)).anyMatch(line -> line.contains("corner"));
    }
}
