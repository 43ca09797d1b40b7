package io.meshwright.mesh.workload;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.Meshes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names by which single pods of headless Services are called. */
class PodNamesTest {
    private static String service(String namespace, String name, String address) {
        return "{apiVersion: v1, kind: Service, metadata: {name: %s, namespace: %s}, spec: {%s selector: {app: %1$s}, ports: [{port: 5432}]}}"
                .formatted(name, namespace, address);
    }

    @ParameterizedTest
    @CsvSource({
        // name as it is written in shop, whether it means a pod that is given, and one that may be
        "db-0.db, true, false",
        "db-0.db.shop, true, false",
        "db-0.db.shop.svc, true, false",
        "db-0.db.shop.svc.cluster.local, true, false",
        "db-2.db, true, false",
        "db-3.db, false, false",
        "db-00.db, false, false",
        "db.db, false, false",
        "cache-0.cache, false, true",
        "cache-0.cache.svc, false, false",
        "web-0.web, false, false",
        "db-1.ops, false, false",
        "db-0, false, false"
    })
    void a_name_means_a_pod_by_its_stateful_set_and_its_headless_service(String written, boolean given, boolean may) {
        Mesh mesh = Meshes.of(
                "{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: shop}, spec: {serviceName: db, replicas: 3, template: {metadata: {labels: {app: db}}, spec: {containers: []}}}}",
                service("shop", "db", "clusterIP: None,"),
                service("shop", "cache", "clusterIP: None,"),
                service("shop", "web", ""),
                // A Service of another namespace goes before.
                service("shop", "ops", "clusterIP: None,"),
                service("ops", "db-1", ""));
        PodNames names = new PodNames(mesh.services(), mesh.config());

        assertThat(names.governing(written, "shop").isPresent()).isEqualTo(given);
        assertThat(names.mayName(written, "shop")).isEqualTo(may);
    }
}
