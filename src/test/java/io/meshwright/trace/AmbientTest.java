package io.meshwright.trace;

import static io.meshwright.trace.Samples.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;

class AmbientTest {
    private static final String BASE = """
      {apiVersion: v1, kind: Namespace, metadata: {name: flat, labels: {istio.io/dataplane-mode: ambient}}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: web, namespace: flat, labels: {%s}}, spec: {selector: {app: web},
        ports: [{name: http, port: 80, targetPort: 8080}]}}
      ---
      {apiVersion: v1, kind: Service, metadata: {name: job, namespace: flat}, spec: {selector: {app: job},
        ports: [{name: http, port: 80, targetPort: 8080}]}}
      """.concat(deployment("flat", "web")).concat(deployment("flat", "job"));
    private static final String ROUTE = """
      ---
      {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: v, namespace: flat}, spec: {
        hosts: [web], http: [{route: [{destination: {host: job}}]}]}}
      """;

    private static Verdict ask(String labels, String... documents) {
        String text = BASE.formatted(labels).concat(String.join("\n", documents));
        return Trace.of(Mesh.of(ManifestReader.of("test.yaml", text).manifests(), IstioVersion.of("1.26.2")))
                .request("GET", "http://web/")
                .from("flat/job")
                .verdict();
    }

    @Test
    void ztunnel_heeds_no_virtual_service() {
        assertThat(ask("", ROUTE))
                .isInstanceOfSatisfying(
                        Delivered.class,
                        delivered ->
                                assertThat(delivered.targets().get(0).host()).startsWith("web."));
    }

    @Test
    void what_a_waypoint_does_that_is_not_among_the_manifests_is_unknown() {
        assertThat(ask("istio.io/use-waypoint: way", ROUTE)).isInstanceOfSatisfying(Unknown.class, unknown -> {
            assertThat(unknown.why()).contains("the Gateway flat/way of a waypoint is not among the manifests");
            assertThat(unknown.otherwise()).get().isInstanceOf(Delivered.class);
        });
        assertThat(ask("istio.io/use-waypoint: none", ROUTE)).isInstanceOf(Delivered.class);
    }

    @Test
    void ztunnel_closes_what_authorization_refuses_and_knows_no_methods() {
        String policy = """
        ---
        {apiVersion: security.istio.io/v1, kind: AuthorizationPolicy, metadata: {name: p, namespace: flat}, spec: {
          action: ALLOW, rules: [{to: [{operation: {%s}}]}]}}
        """;

        assertThat(ask("", policy.formatted("methods: [GET]"))).isInstanceOf(Closed.class);
        assertThat(ask("", policy.formatted("ports: ['8080']"))).isInstanceOf(Delivered.class);
    }

    private static String entry(String name, String endpoint, String metadata) {
        return """
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: %s, namespace: flat%s},
          spec: {hosts: [pay.example.net], addresses: [240.0.0.9], resolution: STATIC,
            ports: [{number: 80, name: http, protocol: HTTP}], endpoints: [{address: %s}]}}
        """.formatted(name, metadata, endpoint);
    }

    private static Verdict call(String... documents) {
        String text = BASE.formatted("").concat(String.join("\n", documents));
        return Trace.of(Mesh.of(ManifestReader.of("test.yaml", text).manifests(), IstioVersion.of("1.26.2")))
                .request("GET", "http://pay.example.net/")
                .from("flat/job")
                .verdict();
    }

    @Test
    void which_of_two_entries_of_one_host_a_ztunnel_knows_is_unknown_unless_their_age_is_told() {
        String one = entry("one", "198.51.100.7", "");
        String other = entry("other", "198.51.100.8", "");
        String told = ", creationTimestamp: '2026-01-0%dT00:00:00Z'";

        assertThat(call(one, other))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        unknown -> assertThat(unknown.why())
                                .contains("which of the ServiceEntries for pay.example.net was created first decides"));
        assertThat(call(one)).isInstanceOf(Delivered.class);
        assertThat(call(one, entry("other", "198.51.100.7", ""))).isInstanceOf(Delivered.class);
        assertThat(call(
                        entry("one", "198.51.100.7", told.formatted(1)),
                        entry("other", "198.51.100.8", told.formatted(2))))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void a_ztunnel_knows_the_entry_of_its_own_namespace_first() {
        String own = entry("one", "198.51.100.7", "");
        String far = entry("other", "198.51.100.8", "").replace("namespace: flat", "namespace: far");

        assertThat(call(own, far)).isInstanceOf(Delivered.class);
    }
}
