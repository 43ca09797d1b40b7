package io.meshwright.check.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearbyTest {
    private static Manifest in(String file) {
        return ManifestReader.of(file, "{apiVersion: v1, kind: Service, metadata: {name: web}}")
                .manifests()
                .all()
                .get(0);
    }

    @Test
    void folders_beside_each_other_are_of_one_application_and_those_of_two_clusters_are_not() {
        Nearby nearby = new Nearby(List.of(in("demo/cluster1/web.yaml")));

        assertThat(nearby.isTelling(in("demo/routes/web.yaml"))).isTrue();
        assertThat(nearby.isTelling(in("demo/cluster1/route.yaml"))).isTrue();
        assertThat(nearby.isTelling(in("demo/cluster2/route.yaml"))).isFalse();
        assertThat(nearby.isTelling(in("other/routes/web.yaml"))).isFalse();
    }
}
