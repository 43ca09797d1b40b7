package io.meshwright.mesh.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.HttpRequest;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static PatchEffect effect(String target, String value) {
        Manifests objects =
                ManifestReader.of("mesh.yaml", """
                        apiVersion: networking.istio.io/v1alpha3
                        kind: EnvoyFilter
                        metadata: {name: it, namespace: shop}
                        spec: {configPatches: [{applyTo: %s, match: {context: GATEWAY}, patch: {operation: MERGE, value: {%s}}}]}
                        """.formatted(target, value)).manifests();
        List<PatchEffect> effects = new PatchEffects(objects).of(patch(objects), REQUEST);
        assertThat(effects).hasSize(1);
        return effects.get(0);
    }

    /** Each kind of effect: nothing, a limit, unknown. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "VIRTUAL_HOST | rate_limits: [] | Limit",
                "VIRTUAL_HOST | include_request_attempt_count: true | Nothing",
                "VIRTUAL_HOST | domains: [a] | Unknown",
                "HTTP_ROUTE | name: a | Nothing",
                "HTTP_ROUTE | route: {rateLimits: []} | Limit",
                "HTTP_ROUTE | route: {cluster: a} | Unknown",
                "CLUSTER | connect_timeout: 3s | Nothing",
                "CLUSTER | type: STATIC | Unknown"
            })
    void fields_that_decide_are_told_from_those_that_do_not(String target, String value, String kind) {
        assertThat(effect(target, value).getClass().getSimpleName()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "stat_prefix: a | changes nothing that decides",
                "local_reply_config: {body_format: {text_format: x}} | gives the proxy's own answers other bodies",
                "local_reply_config: {mappers: [{filter: {not_health_check_filter: {}}, status_code: 404}]} | changes the status of the proxy's own answers",
                "local_reply_config: {}, http_filters: [] | in a way that is not followed"
            })
    void pages_for_a_proxys_own_answers_change_their_bodies_alone(String config, String what) {
        String type =
                "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";

        assertThat(effect("NETWORK_FILTER", "typed_config: {'@type': %s, %s}".formatted(type, config))
                        .what())
                .isEqualTo(what);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"status: {code: 503} | 503", "status: {code: TooManyRequests} | TooManyRequests", "stage: 0 | 429"
            })
    void a_limit_tells_its_answer(String config, String status) {
        Manifests objects = ManifestReader.of(
                        "mesh.yaml",
                        FILTER.replace(
                                        "http.header_mutation.v3.HeaderMutation",
                                        "http.local_ratelimit.v3.LocalRateLimit")
                                .replace(
                                        "mutations: {request_mutations: [{remove: x-debug}]}",
                                        "stat_prefix: a\n            ".concat(config)))
                .manifests();

        assertThat(new PatchEffects(objects).of(patch(objects), REQUEST))
                .extracting(PatchEffect::what)
                .containsExactly("a local rate limit may answer %s when there are too many requests".formatted(status));
    }
}
