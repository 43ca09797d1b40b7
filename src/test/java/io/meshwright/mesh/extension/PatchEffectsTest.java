package io.meshwright.mesh.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.HttpRequest;
import java.lang.management.ManagementFactory;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatchEffectsTest {
    private static final String FILTER = """
            apiVersion: networking.istio.io/v1alpha3
            kind: EnvoyFilter
            metadata: {name: it, namespace: shop}
            spec:
              configPatches:
                - applyTo: HTTP_FILTER
                  match: {context: GATEWAY}
                  patch:
                    operation: INSERT_BEFORE
                    value:
                      name: it
                      typed_config:
                        '@type': type.googleapis.com/envoy.extensions.filters.http.header_mutation.v3.HeaderMutation
                        mutations: {request_mutations: [{remove: x-debug}]}
            """;
    private static final String ROUTE = """
            ---
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: web-%d, namespace: shop}
            spec:
              hosts: [web]
              http: [{match: [{headers: {%s: {exact: "1"}}}], route: [{destination: {host: web}}]}]
            """;
    private static final HttpRequest REQUEST = HttpRequest.of("GET", "http", "web", "/");

    private static Manifests objects(int routes, String header) {
        String text = IntStream.range(0, routes)
                .mapToObj(number -> ROUTE.formatted(number, header))
                .collect(Collectors.joining("", FILTER, ""));
        return ManifestReader.of("mesh.yaml", text).manifests();
    }

    private static ProxyPatch patch(Manifests objects) {
        return ProxyPatch.of(objects.kind(Kind.ENVOY_FILTER).get(0)).findFirst().orElseThrow();
    }

    @Test
    void a_header_that_a_route_asks_for_in_whatever_case_decides() {
        Manifests asked = objects(2, "X-Debug");
        Manifests other = objects(2, "x-other");

        assertThat(new PatchEffects(asked).of(patch(asked), REQUEST))
                .isNotEqualTo(new PatchEffects(other).of(patch(other), REQUEST));
    }

    @Test
    void reads_the_objects_once_for_all_requests() {
        Manifests objects = objects(500, "x-other");
        ProxyPatch patch = patch(objects);
        PatchEffects effects = new PatchEffects(objects);
        effects.of(patch, REQUEST);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int request = 0; request < 50; request++) {
            effects.of(patch, REQUEST);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(3_000_000);
    }
}
