package io.meshwright.trace;

import static io.meshwright.trace.Samples.routes;
import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Delivered;
import org.junit.jupiter.api.Test;

/** ExternalName Services, which istiod knows as other names of services (route.go GetDestinationCluster). */
class ExternalNameTest {
    private static String alias(String name, String host, String ports) {
        return """
            ---
            {apiVersion: v1, kind: Service, metadata: {name: %s, namespace: shop},
              spec: {type: ExternalName, externalName: %s, ports: [%s]}}
            """.formatted(name, host, ports);
    }

    private static final String CART = "cart.shop.svc.cluster.local";
    private static final String HTTP = "{name: http, port: 80}";
    private static final String OTHER = "{name: http, port: 8000}";
    private static final String TO_ALIAS = """
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: web, namespace: shop},
          spec: {hosts: [web], http: [{route: [{destination: {host: alias, port: {number: 80}}}]}]}}
        """;

    private static String ask(String url, String... documents) {
        Verdict verdict = shop(documents).request("GET", url).from("shop/web").verdict();
        return verdict instanceof Delivered delivered
                ? delivered.targets().get(0).host()
                : verdict.summary();
    }

    @Test
    void a_sidecar_looks_it_up_among_the_services_of_the_called_port() {
        assertThat(ask("http://web.shop/", alias("alias", CART, HTTP), TO_ALIAS))
                .isEqualTo(CART);
        assertThat(ask("http://web.shop/", alias("alias", CART, OTHER), TO_ALIAS))
                .contains("503 NC");
        assertThat(ask("http://web.shop/", alias("alias", CART, ""), TO_ALIAS)).contains("503 NC");
    }

    @Test
    void a_gateway_looks_it_up_by_name_and_takes_its_only_port() {
        String route = routes("[{route: [{destination: {host: alias%s}}]}]");

        assertThat(gateway(alias("alias", CART, OTHER), route.formatted(", port: {number: 80}")))
                .isEqualTo(CART);
        assertThat(gateway(alias("alias", CART, HTTP), route.formatted(""))).isEqualTo(CART);
        assertThat(gateway(alias("alias", CART, OTHER), route.formatted(""))).contains("503 NC");
    }

    private static String gateway(String... documents) {
        Verdict verdict =
                shop(documents).request("GET", "http://shop.example.org/").verdict();
        return verdict instanceof Delivered delivered
                ? delivered.targets().get(0).host()
                : verdict.summary();
    }

    @Test
    void a_call_by_its_name_goes_to_whom_it_stands_for_even_through_another() {
        assertThat(ask("http://alias.shop/", alias("alias", CART, OTHER))).isEqualTo(CART);
        assertThat(ask(
                        "http://alias.shop/",
                        alias("alias", "second.shop.svc.cluster.local", HTTP),
                        alias("second", CART, HTTP)))
                .isEqualTo(CART);
        assertThat(ask(
                        "http://web.shop/",
                        alias("alias", "second.shop.svc.cluster.local", HTTP),
                        alias("second", CART, HTTP),
                        TO_ALIAS))
                .contains("503 NC");
    }

    @Test
    void one_for_a_host_outside_is_a_name_of_dns_and_no_cluster() {
        String outside = alias("alias", "www.example.net", HTTP);
        String entry = """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: www, namespace: shop},
              spec: {hosts: [www.example.net], resolution: DNS, ports: [{number: 80, name: http, protocol: HTTP}]}}
            """;

        assertThat(ask("http://alias.shop/", outside)).isEqualTo("www.example.net");
        assertThat(ask("http://web.shop/", outside, TO_ALIAS)).contains("503 NC");
        assertThat(ask("http://web.shop/", outside, TO_ALIAS, entry)).isEqualTo("www.example.net");
    }

    @Test
    void one_for_a_name_below_a_domain_is_no_name_of_the_domain() {
        String outside = alias("alias", "www.example.net", HTTP);
        String domain = """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: domain, namespace: shop},
              spec: {hosts: ['*.example.net'], resolution: NONE, ports: [{number: 80, name: http, protocol: HTTP}]}}
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: domain, namespace: shop},
              spec: {hosts: ['*.example.net'], http: [{directResponse: {status: 418}}]}}
            """;

        assertThat(ask("http://www.example.net/", outside, domain)).contains("418");
        assertThat(ask("http://alias.shop/", outside, domain)).isEqualTo("www.example.net");
        assertThat(ask("http://web.shop/", outside, TO_ALIAS, domain)).contains("503 NC");
    }

    @Test
    void routes_for_its_own_name_count_on_the_ports_that_it_declares() {
        String own = """
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: own, namespace: shop},
              spec: {hosts: [alias], http: [{directResponse: {status: 418}}]}}
            """;

        assertThat(ask("http://alias.shop/", alias("alias", CART, HTTP), own)).contains("418");
        assertThat(ask("http://cart.shop/", alias("alias", CART, HTTP), own)).isEqualTo(CART);
        assertThat(ask("http://alias.shop/", alias("alias", CART, OTHER), own)).isEqualTo(CART);
    }
}
