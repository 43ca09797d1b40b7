package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Delivered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An entry of resolution NONE is what the client called, of which only the client's own proxy knows. */
class UnresolvedEntryTest {
    private static Trace known(String resolution) {
        return shop("""
        ---
        {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: pay, namespace: shop},
          spec: {hosts: [pay.example.net], ports: [{number: 80, name: http, protocol: HTTP}], resolution: %s}}
        """.formatted(resolution), Samples.routes("[{route: [{destination: {host: pay.example.net}}]}]"));
    }

    @Test
    void a_gateway_goes_on_to_nobody() {
        assertThat(known("NONE").request("GET", "http://shop.example.org/").verdict())
                .isInstanceOfSatisfying(
                        Answered.class, end -> assertThat(end.flag()).isEqualTo("UH"));
        assertThat(known("DNS").request("GET", "http://shop.example.org/").verdict())
                .isInstanceOf(Delivered.class);
    }

    @Test
    void a_sidecar_goes_on_to_the_address() {
        assertThat(known("NONE")
                        .request("GET", "http://pay.example.net/")
                        .from("shop/web")
                        .verdict())
                .isInstanceOf(Delivered.class);
    }

    /** Istio issue 58244. */
    @ParameterizedTest
    @CsvSource({
        "1.29.0, '*.example.com', HTTP, http://a.example.com/, 503 NC",
        "1.30.0, '*.example.com', HTTP, http://a.example.com/, delivered",
        "1.30.0, '*.example.com', TLS, https://a.example.com:80/, delivered",
        "1.30.0, '*.example.com', TCP, tcp://a.example.com:80, closed NC",
        "1.30.0, a.example.com, HTTP, http://a.example.com/, 503 UH"
    })
    void sidecars_look_up_names_of_domains_since_1_30(
            String release, String host, String protocol, String url, String expected) {
        String entry = """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: any, namespace: shop},
              spec: {hosts: ['%s'], location: MESH_EXTERNAL, resolution: DYNAMIC_DNS,
              ports: [{name: any, number: 80, protocol: %s}]}}
            """.formatted(host, protocol);
        Verdict verdict = Trace.of(Mesh.of(Samples.manifests(entry), IstioVersion.of(release)))
                .request("GET", url)
                .from("shop/web")
                .verdict();

        assertThat(
                        verdict instanceof Verdict.Answered answered
                                ? "%d %s".formatted(answered.status(), answered.flag())
                                : verdict instanceof Verdict.Closed closed
                                        ? "closed ".concat(closed.flag())
                                        : "delivered")
                .isEqualTo(expected);
    }
}
