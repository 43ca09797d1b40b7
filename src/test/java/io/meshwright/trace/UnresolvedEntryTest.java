package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Delivered;
import org.junit.jupiter.api.Test;

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
}
