package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of one host, of which a proxy adds up those alone that are alike, and the names that proxies answer. */
class SharedHostTest {
    private static final String CALLER = """
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {%s}}}
        ---
        {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop}, spec: {template: {
          metadata: {labels: {app: web}}, spec: {containers: [{name: main}]}}}}
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: istio, namespace: istio-system}, data: {mesh: '%s'}}
        """;
    private static final String CAPTURED = "{defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: \"true\"}}}";
    private static final String CLOSED = "{outboundTrafficPolicy: {mode: REGISTRY_ONLY}}";
    private static final String SIDECAR = "istio-injection: enabled";

    private static String entry(String name, int port, String protocol, String metadata, String spec) {
        return """
            ---
            {apiVersion: networking.istio.io/v1, kind: ServiceEntry, metadata: {name: %s, namespace: shop%s},
              spec: {hosts: [mq.example.com], ports: [{number: %d, name: p%3$d, protocol: %s}]%s}}
            """.formatted(name, metadata, port, protocol, spec);
    }

    private static Verdict verdict(String release, String labels, String mesh, String url, String... entries) {
        return Trace.of(Mesh.of(
                        ManifestReader.of("test.yaml", CALLER.formatted(labels, mesh) + String.join("", entries))
                                .manifests(),
                        IstioVersion.of(release)))
                .request("GET", url)
                .from("shop/web")
                .verdict();
    }

    @Test
    void nobody_has_an_allocated_address_on_a_port_that_no_entry_has() {
        String bytes = entry("one", 9444, "TCP", "", ", resolution: DNS");

        assertThat(verdict("1.30.0", SIDECAR, CAPTURED, "http://mq.example.com/", bytes))
                .isInstanceOfSatisfying(
                        Closed.class, end -> assertThat(end.flag()).isEqualTo("UF"));
        assertThat(verdict("1.30.0", SIDECAR, CAPTURED, "https://mq.example.com/", bytes))
                .isInstanceOf(Closed.class);
        assertThat(verdict(
                        "1.30.0",
                        SIDECAR,
                        CAPTURED,
                        "http://mq.example.com/",
                        bytes,
                        entry("other", 80, "HTTP", "", ", resolution: DNS").replace("mq.", "web.")))
                .isInstanceOfSatisfying(
                        Answered.class, end -> assertThat(end.flag()).isEqualTo("UF"));
        assertThat(verdict("1.30.0", SIDECAR, CAPTURED, "tcp://mq.example.com:9444", bytes))
                .isInstanceOf(Delivered.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.30.0 | {} | | , resolution: DNS",
                "1.24.0 | {defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: \"true\"}}} | | , resolution: DNS",
                "1.30.0 | {defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: \"true\"}}}"
                        + " | , labels: {networking.istio.io/enable-autoallocate-ip: \"false\"} | , resolution: DNS",
                "1.30.0 | {defaultConfig: {proxyMetadata: {ISTIO_META_DNS_CAPTURE: \"true\"}}} | | , resolution: NONE"
            })
    void without_an_allocated_address_the_name_leads_outside(
            String release, String mesh, String metadata, String resolution) {
        String tls = entry("one", 443, "TLS", metadata == null ? "" : metadata, resolution);

        assertThat(verdict(release, SIDECAR, mesh, "http://mq.example.com/", tls))
                .isInstanceOf(Delivered.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                ", labels: {team: a} | , resolution: DNS",
                "| , resolution: STATIC, endpoints: [{address: 203.0.113.9}]",
                "| , resolution: STATIC, workloadSelector: {labels: {app: mq}}"
            })
    void of_entries_that_are_not_alike_the_oldest_has_the_host(String metadata, String spec) {
        String other = entry("two", 81, "HTTP", metadata == null ? "" : metadata, spec);
        String one = entry("one", 80, "HTTP", "", ", resolution: DNS");

        assertThat(verdict("1.30.0", SIDECAR, CLOSED, "http://mq.example.com:80/", one, other))
                .isInstanceOfSatisfying(
                        Unknown.class,
                        end -> assertThat(end.why())
                                .isEqualTo("which of the ServiceEntries for mq.example.com was created first decides"
                                        + " whether the proxy of shop/web knows port 80"));
        assertThat(verdict("1.23.0", SIDECAR, CLOSED, "http://mq.example.com:80/", one, other))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void the_age_of_entries_and_their_export_settle_it() {
        String old = entry("z", 80, "HTTP", ", creationTimestamp: \"2020-01-01T00:00:00Z\"", ", resolution: DNS");
        String young = entry(
                "a", 81, "HTTP", ", creationTimestamp: \"2021-01-01T00:00:00Z\", labels: {x: y}", ", resolution: DNS");
        String named = entry("n", 82, "HTTP", "", ", resolution: DNS, exportTo: [\".\"]");

        assertThat(verdict("1.30.0", SIDECAR, CLOSED, "http://mq.example.com:80/", old, young))
                .isInstanceOf(Delivered.class);
        assertThat(verdict("1.30.0", SIDECAR, CLOSED, "http://mq.example.com:81/", old, young))
                .isInstanceOf(Closed.class);
        assertThat(verdict("1.30.0", SIDECAR, CLOSED, "http://mq.example.com:82/", old, named))
                .isInstanceOf(Delivered.class);
        assertThat(verdict("1.30.0", SIDECAR, CLOSED, "http://mq.example.com:80/", old, named))
                .isInstanceOf(Closed.class);
        assertThat(verdict("1.30.0", SIDECAR, CLOSED, "tcp://mq.example.com:82", old, named.replace("HTTP", "TCP")))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void entries_that_are_alike_add_up() {
        String one = entry("one", 80, "HTTP", "", ", resolution: DNS");
        String two = entry("two", 81, "HTTP", "", ", resolution: DNS");

        assertThat(verdict("1.30.0", SIDECAR, CLOSED, "http://mq.example.com:80/", one, two))
                .isInstanceOf(Delivered.class);
        assertThat(verdict("1.30.0", SIDECAR, CLOSED, "http://mq.example.com:81/", one, two))
                .isInstanceOf(Delivered.class);
    }

    @Test
    void tls_of_the_application_goes_on_with_its_entry_or_without() {
        String one = entry("one", 443, "TLS", "", ", resolution: DNS");
        String two = entry("two", 80, "HTTP", ", labels: {team: a}", ", resolution: DNS");

        assertThat(verdict("1.30.0", SIDECAR, "{}", "https://mq.example.com/", one, two))
                .isInstanceOf(Delivered.class);
    }

    @ParameterizedTest
    @CsvSource({"1.27.3, NONE, false", "1.28.0, NONE, true", "1.27.3, STATIC, true"})
    void a_ztunnel_goes_on_to_an_address_of_no_resolution(String release, String resolution, boolean delivered) {
        String entry = entry(
                "one",
                6379,
                "TCP",
                "",
                ", addresses: [203.0.113.7], resolution: %s%s"
                        .formatted(
                                resolution,
                                resolution.equals("STATIC") ? ", endpoints: [{address: 203.0.113.7}]" : ""));

        assertThat(verdict(release, "istio.io/dataplane-mode: ambient", "{}", "tcp://203.0.113.7:6379", entry)
                        .isDelivered())
                .isEqualTo(delivered);
    }
}
