package io.meshwright.trace;

import static io.meshwright.trace.Samples.shop;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Split;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ServiceEntries that share a listener with others, and their endpoints. */
class EntryListenerTest {
    private static final String BLOCKED = "---\n{apiVersion: networking.istio.io/v1, kind: Sidecar,"
            + " metadata: {name: default, namespace: shop}, spec: {outboundTrafficPolicy: {mode: REGISTRY_ONLY}}}\n";

    private static String entry(String host, int port, String protocol, String more) {
        return """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: %s, namespace: shop},
              spec: {hosts: [%1$s.example.net], location: MESH_EXTERNAL,
              ports: [{number: %s, name: any, protocol: %s}], %s}}
            """.formatted(host, port, protocol, more);
    }

    private static Verdict ask(String url, String... documents) {
        return shop(documents).request("GET", url).from("shop/web").verdict();
    }

    private static String host(Verdict verdict) {
        return verdict instanceof Delivered delivered
                ? delivered.targets().get(0).host()
                : verdict.summary();
    }

    @Test
    void http_passes_by_an_entry_of_bytes_where_services_speak_http() {
        String entry = entry("partner", 80, "TCP", "resolution: DNS");

        assertThat(ask("http://partner.example.net/", entry, BLOCKED).isAnswered(502))
                .isTrue();
        assertThat(host(ask("http://partner.example.net/", entry))).isEqualTo("partner.example.net");
        assertThat(host(ask("tcp://partner.example.net:80", entry, BLOCKED))).isEqualTo("partner.example.net");
        assertThat(ask("http://other.example.net/", entry, BLOCKED).isAnswered(502))
                .isTrue();
    }

    @Test
    void an_entry_with_an_address_or_alone_on_its_port_takes_http_as_bytes() {
        assertThat(host(ask(
                        "http://partner.example.net/",
                        entry("partner", 80, "TCP", "resolution: DNS, addresses: [240.0.0.7]"),
                        BLOCKED)))
                .isEqualTo("partner.example.net");
        assertThat(host(ask(
                        "http://partner.example.net:8081/", entry("partner", 8081, "TCP", "resolution: DNS"), BLOCKED)))
                .isEqualTo("partner.example.net");
        assertThat(host(ask("http://partner.example.net/", entry("partner", 80, "HTTP", "resolution: DNS"), BLOCKED)))
                .isEqualTo("partner.example.net");
    }

    @Test
    void of_hosts_of_one_entry_without_addresses_the_first_takes_all_bytes() {
        String both = entry("db-1", 27017, "MONGO", "resolution: DNS")
                .replace("[db-1.example.net]", "[db-1.example.net, db-0.example.net]");

        assertThat(host(ask("tcp://db-1.example.net:27017", both))).isEqualTo("db-0.example.net");
        assertThat(host(ask("tcp://db-0.example.net:27017", both))).isEqualTo("db-0.example.net");
        assertThat(host(ask("tls://db-1.example.net:27017", both.replace("MONGO", "TLS"))))
                .isEqualTo("db-1.example.net");
        assertThat(ask("tcp://db-1.example.net:27017", both, entry("other", 27017, "TCP", "resolution: DNS")))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void a_sidecar_that_answers_dns_knows_an_allocated_address() {
        String mesh =
                "---\n{apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh:"
                        + " \"defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: 'true'}}\"}}\n";

        assertThat(host(ask(
                        "http://partner.example.net/", entry("partner", 80, "TCP", "resolution: DNS"), BLOCKED, mesh)))
                .isEqualTo("partner.example.net");
        assertThat(ask("http://partner.example.net/", entry("partner", 80, "TCP", "resolution: NONE"), BLOCKED, mesh)
                        .isAnswered(502))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "true | namespace: istio-system | ",
                "true | namespace: shop | ",
                "true | namespace: shop | selector: {matchLabels: {app: web}}",
                "false | namespace: shop | selector: {matchLabels: {app: other}}",
                "false | namespace: istio-system | selector: {matchLabels: {app: web}}",
                "false | namespace: elsewhere | "
            })
    void a_proxy_config_lets_sidecars_answer_dns(boolean answers, String metadata, String selector) {
        String config = """
            ---
            {apiVersion: networking.istio.io/v1beta1, kind: ProxyConfig, metadata: {name: dns, %s},
              spec: {environmentVariables: {ISTIO_META_DNS_CAPTURE: "true"}, %s}}
            """.formatted(metadata, selector == null ? "" : selector);

        assertThat(ask("http://partner.example.net/", entry("partner", 80, "TCP", "resolution: DNS"), BLOCKED, config)
                        .isDelivered())
                .isEqualTo(answers);
    }

    @Test
    void the_older_of_two_entries_without_addresses_takes_the_connections() {
        assertThat(ask(
                        "tcp://b.example.net:9000",
                        entry("a", 9000, "TCP", "resolution: DNS"),
                        entry("b", 9000, "TCP", "resolution: DNS")))
                .isInstanceOf(Unknown.class);
        assertThat(ask(
                                "tcp://b.example.net:9000",
                                entry("a", 9001, "TCP", "resolution: DNS"),
                                entry("b", 9000, "TCP", "resolution: DNS"))
                        .isDelivered())
                .isTrue();
    }

    private static final String SPLIT = """
        ---
        {apiVersion: networking.istio.io/v1, kind: DestinationRule, metadata: {name: orders, namespace: shop},
          spec: {host: orders.example.net,
          subsets: [{name: one, labels: {site: one}}, {name: two, labels: {site: two}}]}}
        ---
        {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: orders, namespace: shop},
          spec: {hosts: [orders.example.net], tcp: [{route: [
          {destination: {host: orders.example.net, subset: one, port: {number: 8765}}, weight: 50},
          {destination: {host: orders.example.net, subset: two, port: {number: 8765}}, weight: 50}]}]}}
        """;

    private static Verdict subset(String reach) {
        return ask(
                "tcp://240.0.0.7:8765", entry("orders", 8765, "TCP", "addresses: [240.0.0.7], ".concat(reach)), SPLIT);
    }

    @Test
    void a_subset_has_the_endpoints_that_carry_its_labels() {
        String one = "endpoints: [{address: 192.0.2.1, labels: {site: one}}";

        assertThat(subset("resolution: STATIC, %s, {address: 192.0.2.2, labels: {site: two}}]".formatted(one))
                        .isDelivered())
                .isTrue();
        // A cluster that asks DNS is left out where no endpoint is left to ask for (buildCluster).
        Map.of("STATIC", "UH", "DNS", "NC").forEach((resolution, flag) -> {
            assertThat(subset("resolution: %s, %s]".formatted(resolution, one)))
                    .isInstanceOfSatisfying(
                            Split.class,
                            split -> assertThat(split.parts())
                                    .anySatisfy(part -> assertThat(part.verdict())
                                            .isInstanceOfSatisfying(
                                                    Closed.class,
                                                    closed -> assertThat(closed.flag())
                                                            .isEqualTo(flag))));
        });
        assertThat(subset("resolution: DNS").isDelivered()).isFalse();
        assertThat(subset("resolution: DNS").summary()).contains("NC").doesNotContain("delivered");
        assertThat(subset("resolution: NONE").isDelivered()).isTrue();
    }

    private static String shared(String addresses, String ports) {
        return """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: both, namespace: shop},
              spec: {hosts: [b.example.net, a.example.net], addresses: [%s], resolution: DNS,
              location: MESH_EXTERNAL, ports: [%s]}}
            """.formatted(addresses, ports);
    }

    private static String routes(String host, String kind) {
        return """
            ---
            {apiVersion: networking.istio.io/v1, kind: VirtualService, metadata: {name: b, namespace: shop},
              spec: {hosts: [%s.example.net], %s}}
            """.formatted(host, kind);
    }

    @Test
    void of_hosts_of_one_entry_the_first_has_the_connections_to_an_address() {
        String tls = shared("10.9.9.9", "{number: 443, name: https, protocol: HTTPS}");
        String tcp = shared("10.9.9.9", "{number: 6379, name: tcp, protocol: TCP}");

        assertThat(host(ask("https://b.example.net/", tls))).isEqualTo("a.example.net");
        assertThat(host(ask("https://a.example.net/", tls))).isEqualTo("a.example.net");
        assertThat(host(ask("tcp://b.example.net:6379", tcp))).isEqualTo("a.example.net");
        assertThat(host(ask("tcp://10.9.9.9:6379", tcp))).isEqualTo("a.example.net");
    }

    @Test
    void names_in_tls_tell_hosts_of_one_block_of_addresses_apart() {
        String tls = shared("10.9.9.0/24", "{number: 443, name: https, protocol: HTTPS}");

        assertThat(host(ask("https://b.example.net/", tls))).isEqualTo("b.example.net");
        assertThat(ask(
                        "https://b.example.net/",
                        shared("10.9.9.9", "{number: 443, name: https, protocol: HTTPS}"),
                        routes(
                                "b",
                                "tls: [{match: [{sniHosts: [b.example.net]}],"
                                        + " route: [{destination: {host: b.example.net}}]}]")))
                .isInstanceOf(Unknown.class);
    }

    @Test
    void http_for_a_shared_address_goes_to_the_host_that_has_routes() {
        String http = shared("10.9.9.9", "{number: 80, name: http, protocol: HTTP}");

        assertThat(host(ask("http://b.example.net/", http))).isEqualTo("b.example.net");
        assertThat(ask("http://10.9.9.9/", http)).isInstanceOf(Unknown.class);
        assertThat(host(ask(
                        "http://10.9.9.9/",
                        http,
                        routes("b", "http: [{route: [{destination: {host: b.example.net}}]}]"))))
                .isEqualTo("b.example.net");
        assertThat(ask(
                        "http://10.9.9.9/",
                        http,
                        routes(
                                "b",
                                "http: [{match: [{port: 81}], route: [{destination:" + " {host: b.example.net}}]}]")))
                .isInstanceOf(Unknown.class);
    }
}
