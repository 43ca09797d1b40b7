package io.meshwright.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VariantsTest {
    private static final String SERVICE =
            "{apiVersion: v1, kind: Service, metadata: {name: %s, namespace: shop}, spec: {ports: [{port: %d}]}}\n";

    @TempDir
    private Path folder;

    private void write(String file, String text) {
        try {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.writeString(folder.resolve(file), text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private Variants variants() {
        return new ManifestReader().path(folder).variants();
    }

    private Set<String> parting() {
        return variants().parting(root());
    }

    private String root() {
        return "%s/".formatted(folder);
    }

    private List<Integer> ports(String cluster) {
        return variants().of(root(), parting(), List.of(cluster.split("/"))).manifests().kind(Kind.SERVICE).stream()
                .map(service -> service.at("/spec/ports/0/port").asInt())
                .toList();
    }

    @Test
    void folders_with_the_same_objects_are_of_different_clusters() {
        write("clusters/prod/web.yaml", SERVICE.formatted("web", 80));
        write("clusters/staging/web.yaml", SERVICE.formatted("web", 8080));
        write("shared/db.yaml", SERVICE.formatted("db", 5432));

        assertThat(parting()).containsExactly("prod", "staging");
        assertThat(variants().clusters(root(), parting()))
                .containsExactlyInAnyOrder(List.of("prod"), List.of("staging"));
        assertThat(ports("prod")).containsExactly(5432, 80);
        assertThat(ports("staging")).containsExactly(5432, 8080);
    }

    @Test
    void overlays_of_one_base_are_of_different_clusters() {
        write("web/base/web.yaml", SERVICE.formatted("web", 80));
        write("web/base/kustomization.yaml", "resources: [web.yaml]\n");
        for (String overlay : List.of("dev", "prod")) {
            write("web/overlays/%s/kustomization.yaml".formatted(overlay), """
                    resources: [../../base]
                    patches:
                      - target: {kind: Service}
                        patch: '[{op: replace, path: /spec/ports/0/port, value: %d}]'
                    """.formatted(
                            overlay.equals("dev") ? 81 : 82));
        }

        assertThat(parting()).containsExactly("dev", "prod");
        assertThat(ports("dev")).containsExactly(81);
        assertThat(ports("prod")).containsExactly(82);
    }

    @Test
    void folders_of_one_cluster_may_both_write_its_namespace_and_few_other_objects() {
        for (String app : List.of("mongodb", "valkey")) {
            write(
                    "%s/namespace.yaml".formatted(app),
                    "{apiVersion: v1, kind: Namespace, metadata: {name: data, labels: {app: %s}}}".formatted(app));
            write("%s/%s.yaml".formatted(app, app), SERVICE.formatted(app, 80));
            write("%s/%s-metrics.yaml".formatted(app, app), SERVICE.formatted("%s-metrics".formatted(app), 81));
            write("%s/%s-web.yaml".formatted(app, app), SERVICE.formatted("%s-web".formatted(app), 82));
            write("%s/both.yaml".formatted(app), SERVICE.formatted("both", app.length()));
        }

        assertThat(parting()).isEmpty();
    }

    @Test
    void folders_that_say_the_same_are_not_parted() {
        write("prod/web.yaml", SERVICE.formatted("web", 80));
        write("staging/web.yaml", SERVICE.formatted("web", 80));

        assertThat(parting()).isEmpty();
    }

    @Test
    void what_lies_in_a_folder_above_is_for_all_clusters_below() {
        write("prod/shared.yaml", SERVICE.formatted("shared", 1));
        write("prod/eu/web.yaml", SERVICE.formatted("web", 2));
        write("prod/us/web.yaml", SERVICE.formatted("web", 3));
        write("staging/shared.yaml", SERVICE.formatted("shared", 4));

        assertThat(parting()).containsExactly("eu", "prod", "staging", "us");
        assertThat(ports("prod/eu")).containsExactly(1, 2);
        assertThat(ports("prod/us")).containsExactly(1, 3);
        assertThat(ports("staging")).containsExactly(4);
    }
}
