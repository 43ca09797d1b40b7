package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.PathHop;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;

class IngressTest {
    private static final String CLASS = "annotations: {kubernetes.io/ingress.class: istio}";
    private static final String SETTINGS = """
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh: "{%s}"}}
        """;
    /** The sample's gateway has the label istio=ingress, which is not what Istio's own would have. */
    private static final String SELECTED = "ingressSelector: ingress";

    private static final String ALL_TO_WEB = rule("old.example.net", path("Prefix", "/", "web"));

    private static Trace trace(String mesh, String... ingresses) {
        String text = Samples.SHOP.concat(SETTINGS.formatted(mesh)).concat(String.join("\n", ingresses));
        return Trace.of(Mesh.of(ManifestReader.of("test.yaml", text).manifests(), IstioVersion.of("1.26.2")));
    }

    private static String ingress(String name, String metadata, String spec) {
        return """
            ---
            {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: %s, namespace: shop, %s}, spec: {%s}}
            """.formatted(name, metadata, spec);
    }

    private static String rule(String host, String... paths) {
        return "rules: [{host: %s, http: {paths: [%s]}}]".formatted(host, String.join(", ", paths));
    }

    private static String path(String type, String path, String service) {
        return "{path: %s, pathType: %s, backend: {service: {name: %s, port: {number: 80}}}}"
                .formatted(path, type, service);
    }

    private static String end(Trace trace, String url) {
        Verdict verdict = trace.request("GET", url).verdict();
        if (verdict instanceof Delivered delivered) {
            return delivered.targets().get(0).host().split("\\.")[0];
        }
        return verdict instanceof Answered answered
                ? Integer.toString(answered.status())
                : verdict instanceof Unknown ? "unknown" : "closed";
    }

    @Test
    void an_ingress_of_istios_class_is_served_by_the_gateway_that_the_mesh_configuration_selects() {
        String written = ingress("old", CLASS, ALL_TO_WEB);

        assertThat(end(trace(SELECTED, written), "http://old.example.net/")).isEqualTo("web");
        assertThat(end(trace("ingressService: ingress", written), "http://old.example.net/"))
                .isEqualTo("web");
        assertThat(end(trace("", written), "http://old.example.net/")).isEqualTo("404");
        assertThat(end(trace(SELECTED + ", ingressControllerMode: 'OFF'", written), "http://old.example.net/"))
                .isEqualTo("unknown");
    }

    @Test
    void paths_end_with_whole_segments_and_the_longest_goes_first() {
        Trace trace = trace(
                SELECTED,
                ingress(
                        "old",
                        CLASS,
                        rule(
                                "old.example.net",
                                path("Prefix", "/", "web"),
                                path("Prefix", "/cart/", "cart"),
                                path("Exact", "/only", "cart"),
                                path("ImplementationSpecific", "/pre/*", "cart"),
                                path("ImplementationSpecific", "/one", "cart"))));

        assertThat(end(trace, "http://old.example.net/cart")).isEqualTo("cart");
        assertThat(end(trace, "http://old.example.net/cart/1")).isEqualTo("cart");
        assertThat(end(trace, "http://old.example.net/cartoon")).isEqualTo("web");
        assertThat(end(trace, "http://old.example.net/only")).isEqualTo("cart");
        assertThat(end(trace, "http://old.example.net/only/1")).isEqualTo("web");
        assertThat(end(trace, "http://old.example.net/pre/1")).isEqualTo("cart");
        assertThat(end(trace, "http://old.example.net/one/1")).isEqualTo("web");
    }

    @Test
    void a_prefix_with_a_slash_at_its_end_counts_as_longer_than_the_exact_path_without() {
        Trace trace = trace(
                SELECTED,
                ingress(
                        "old",
                        CLASS,
                        rule("old.example.net", path("Exact", "/cart", "web"), path("Prefix", "/cart/", "cart"))));

        assertThat(end(trace, "http://old.example.net/cart")).isEqualTo("cart");
    }

    @Test
    void a_port_by_name_is_looked_up_and_a_default_backend_is_not_heeded() {
        String named = "{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: %s}}}}";
        Trace trace = trace(
                SELECTED,
                ingress("named", CLASS, rule("named.example.net", named.formatted("http"))),
                ingress(
                        "lost",
                        CLASS,
                        rule("lost.example.net", named.formatted("none"))
                                + ", defaultBackend: {service: {name: web, port: {number: 80}}}"));

        assertThat(end(trace, "http://named.example.net/")).isEqualTo("web");
        assertThat(end(trace, "http://lost.example.net/")).isEqualTo("404");
        assertThat(end(trace, "http://else.example.net/")).isEqualTo("404");
    }

    @Test
    void its_tls_section_opens_port_443_for_its_hosts_and_leaves_port_80_open() {
        Trace trace = trace(
                SELECTED,
                ingress(
                        "old",
                        CLASS,
                        ALL_TO_WEB
                                + ", tls: [{hosts: [old.example.net], secretName: cert}, {hosts:"
                                + " [none.example.net]}]"));

        assertThat(end(trace, "https://old.example.net/")).isEqualTo("web");
        assertThat(end(trace, "http://old.example.net/")).isEqualTo("web");
        assertThat(trace.request("GET", "https://none.example.net/").verdict()).isInstanceOf(Closed.class);
    }

    @Test
    void a_host_of_two_ingresses_goes_with_the_tls_of_the_older() {
        String older = "creationTimestamp: '2024-01-01T00:00:00Z', ";
        String younger = "creationTimestamp: '2025-01-01T00:00:00Z', ";
        String tls = ", tls: [{hosts: [old.example.net], secretName: cert}]";
        String first = rule("old.example.net", path("Prefix", "/web", "web")) + tls;
        String second = rule("old.example.net", path("Prefix", "/cart", "cart")) + tls;

        // The server of the Ingress whose name comes first has the port, and the routes go with the older.
        Trace agreeing = trace(SELECTED, ingress("a", older + CLASS, first), ingress("b", younger + CLASS, second));
        Trace crossed = trace(SELECTED, ingress("a", younger + CLASS, first), ingress("b", older + CLASS, second));
        Trace untold = trace(SELECTED, ingress("a", CLASS, first), ingress("b", CLASS, second));
        assertThat(end(agreeing, "https://old.example.net/cart")).isEqualTo("cart");
        assertThat(end(crossed, "https://old.example.net/cart")).isEqualTo("404");
        assertThat(end(untold, "https://old.example.net/cart")).isEqualTo("unknown");
        assertThat(end(untold, "http://old.example.net/cart")).isEqualTo("cart");
    }

    @Test
    void which_of_two_equal_paths_goes_first_depends_on_the_age_of_their_ingresses() {
        Trace trace = trace(
                SELECTED,
                ingress("a", CLASS, ALL_TO_WEB),
                ingress("b", CLASS, rule("old.example.net", path("Prefix", "/", "cart"))));

        assertThat(end(trace, "http://old.example.net/")).isEqualTo("unknown");
    }

    @Test
    void a_class_counts_by_its_controller_and_one_that_is_not_written_is_unknown() {
        String kind = "---\n{apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: public},"
                + " spec: {controller: %s}}\n";
        String named = ingress("old", "labels: {}", "ingressClassName: %s, ".concat(ALL_TO_WEB));

        assertThat(end(
                        trace(SELECTED, kind.formatted("istio.io/ingress-controller"), named.formatted("public")),
                        "http://old.example.net/"))
                .isEqualTo("web");
        assertThat(trace(SELECTED, named.formatted("istio"))
                        .request("GET", "http://old.example.net/")
                        .verdict())
                .isInstanceOfSatisfying(Unknown.class, unknown -> {
                    assertThat(unknown.why()).contains("IngressClass istio");
                    assertThat(unknown.otherwise()).get().isInstanceOf(Delivered.class);
                });
    }

    @Test
    void an_ingress_of_another_class_may_answer_instead() {
        Trace trace = trace(SELECTED, ingress("old", "labels: {}", "ingressClassName: nginx, ".concat(ALL_TO_WEB)));

        assertThat(trace.request("GET", "http://old.example.net/").verdict())
                .isInstanceOfSatisfying(Unknown.class, unknown -> {
                    assertThat(unknown.why()).contains("controller of class nginx");
                    assertThat(unknown.otherwise()).get().matches(otherwise -> otherwise.isAnswered(404));
                });
        assertThat(end(trace, "http://shop.example.net/")).isEqualTo("404");
    }

    @Test
    void each_step_names_the_field_of_the_ingress() {
        Path path = trace(SELECTED, ingress("old", CLASS, ALL_TO_WEB))
                .request("GET", "http://old.example.net/")
                .path();

        assertThat(path.hops())
                .flatExtracting(PathHop::steps)
                .filteredOn(step -> step.what().startsWith("route "))
                .singleElement()
                .satisfies(
                        step -> assertThat(step.decidedBy().get(0).pointer()).isEqualTo("/spec/rules/0/http/paths/0"));
    }
}
