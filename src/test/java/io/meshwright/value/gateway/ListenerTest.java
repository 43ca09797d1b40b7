package io.meshwright.value.gateway;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.pod.ObjectName;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerTest {
    private static final Tls CERTIFICATE = new Tls(ObjectName.of("cert"), null, null, null, null, null, null);

    @ParameterizedTest
    @CsvSource({
        // protocol, with a certificate, reads requests, passes TLS on, names hosts
        "HTTP, false, true, false, true",
        "HTTPS, true, true, false, true",
        "TLS, false, false, true, true",
        "TLS, true, false, false, true",
        "TCP, false, false, false, false"
    })
    void knows_what_its_protocol_means(Scheme protocol, boolean tls, boolean http, boolean passed, boolean named) {
        Listener listener = listener(443, protocol, tls ? CERTIFICATE : null, "*");

        assertThat(listener.isHttp()).isEqualTo(http);
        assertThat(listener.isPassedOn()).isEqualTo(passed);
        assertThat(listener.named()).isEqualTo(named ? listener.hosts() : List.of());
        assertThat(listener.asksForClientCertificates()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP, HTTP, true",
        "HTTP, HTTPS, false",
        "HTTP, TLS, false",
        "HTTP, TCP, false",
        "HTTPS, HTTPS, true",
        "HTTPS, TLS, true",
        "HTTPS, TCP, false",
        "TLS, TLS, true",
        "TLS, TCP, false",
        "TCP, TCP, true"
    })
    void what_comes_in_tls_shares_a_port_by_its_name(Scheme one, Scheme other, boolean shared) {
        Listener first = listener(443, one, one == Scheme.HTTPS ? CERTIFICATE : null, "*");
        Listener second = listener(443, other, other == Scheme.HTTPS ? CERTIFICATE : null, "*");

        assertThat(first.sharesPort(second)).isEqualTo(shared);
        assertThat(second.sharesPort(first)).isEqualTo(shared);
    }

    @ParameterizedTest
    @CsvSource({
        "a.example.org, a.example.org, 2147483647",
        "*.example.org, a.example.org, 13",
        "*, a.example.org, 1",
        "b.example.org, a.example.org, 0"
    })
    void names_a_host_itself_above_wildcards(String served, String host, int exactness) {
        Listener listener = listener(80, Scheme.HTTP, null, served, "*.org");

        assertThat(listener.exactness(Host.of(host))).isEqualTo(Math.max(5, exactness));
        assertThat(listener(80, Scheme.HTTP, null, served).exactness(Host.of(host)))
                .isEqualTo(exactness);
        assertThat(listener(80, Scheme.HTTP, null, served).serves(Host.of(host)))
                .isEqualTo(exactness > 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {14999, 15091})
    void listens_beside_the_ports_of_the_proxy(int port) {
        assertThat(listener(port, Scheme.HTTP, null, "*").port()).isEqualTo(Port.of(port));
    }

    @ParameterizedTest
    @ValueSource(ints = {15000, 15021, 15090})
    void refuses_ports_of_the_proxy(int port) {
        assertRefused(() -> listener(port, Scheme.HTTP, null, "*"))
                .isEqualTo(
                        "port: \"%d\" is one of the gateway's own, 15000 to 15090; listen on another".formatted(port));
    }

    @Test
    void refuses_what_a_protocol_has_not() {
        assertRefused(() -> listener(443, Scheme.HTTPS, null, "a.example.org"))
                .isEqualTo("tls: is missing on an HTTPS listener; name the certificate: tls: {credentialName: …}");
        assertRefused(() -> listener(80, Scheme.HTTP, CERTIFICATE, "a.example.org"))
                .isEqualTo("tls: has no meaning on a listener of protocol HTTP; use protocol: HTTPS, or remove it");
        assertRefused(() -> listener(80, Scheme.TCP, CERTIFICATE, "*"))
                .isEqualTo("tls: has no meaning on a listener of protocol TCP; use protocol: TLS, or remove it");
        assertRefused(() -> new Listener(Port.of(443), Scheme.HTTPS, List.of(Host.of("*")), CERTIFICATE, true))
                .isEqualTo("redirectToHttps: is set on a listener of protocol HTTPS; set it on the HTTP listener");
        assertRefused(() -> listener(80, Scheme.TCP, null, "a.example.org"))
                .isEqualTo("hosts: [a.example.org] are asked for, and a connection of plain TCP shows no name; write"
                        + " [\"*\"], or use protocol: TLS");
        assertRefused(() -> listener(80, Scheme.HTTP, null)).isEqualTo("hosts: is empty; give at least one entry");
        assertRefused(() -> listener(80, null, null, "*")).isEqualTo("protocol: is missing; add it");
    }

    @Test
    void a_certificate_is_an_existing_secret_unless_it_says_otherwise() {
        assertThat(CERTIFICATE)
                .isEqualTo(new Tls(
                        ObjectName.of("cert"),
                        TlsMode.SIMPLE,
                        MinimumVersion.TLSV1_2,
                        CertificateOrigin.EXISTING,
                        "cert",
                        null,
                        null))
                .extracting(Tls::remoteKey, Tls::clientCaKey, Tls::minProtocolVersion, Tls::source)
                .containsExactly("cert", "cert-cacert", MinimumVersion.TLSV1_2, CertificateOrigin.EXISTING);
        assertThat(CERTIFICATE.clientCaSecret()).isEqualTo(ObjectName.of("cert-cacert"));
    }

    @Test
    void client_certificates_are_asked_for_by_mutual_tls() {
        Tls mutual = new Tls(ObjectName.of("cert"), TlsMode.MUTUAL, null, null, null, "ca#pem", null);

        assertThat(listener(443, Scheme.HTTPS, mutual, "*").asksForClientCertificates())
                .isTrue();
        assertThat(listener(443, Scheme.HTTPS, CERTIFICATE, "*").asksForClientCertificates())
                .isFalse();
        assertRefused(() -> new Tls(ObjectName.of("cert"), null, null, null, null, "ca", null))
                .isEqualTo("clientCaKey: SIMPLE asks clients for no certificate; use mode: MUTUAL, or remove it");
    }

    @ParameterizedTest
    @CsvSource({"a, true", "a#b, true", "a/b#c.d, true", "#b, false", "a#, false", "a#b#c, false"})
    void a_key_of_a_store_has_one_property_at_most(String key, boolean admitted) {
        if (admitted) {
            assertThat(new Tls(ObjectName.of("cert"), TlsMode.MUTUAL, null, null, key, key, null).remoteKey())
                    .isEqualTo(key);
        } else {
            String told = ": \"%s\" is no key of a store; write key, or key#property".formatted(key);
            assertRefused(() -> new Tls(ObjectName.of("cert"), null, null, null, key, null, null))
                    .isEqualTo("remoteKey" + told);
            assertRefused(() -> new Tls(ObjectName.of("cert"), TlsMode.MUTUAL, null, null, null, key, null))
                    .isEqualTo("clientCaKey" + told);
        }
    }

    @Test
    void an_issuer_issues_for_cert_manager() {
        Tls issued = tls(CertificateOrigin.CERT_MANAGER, null, "letsencrypt");

        assertThat(issued.isTheSame(tls(CertificateOrigin.CERT_MANAGER, null, "letsencrypt")))
                .isTrue();
        assertThat(issued.isTheSame(tls(CertificateOrigin.CERT_MANAGER, null, null)))
                .isFalse();
        assertThat(issued.isTheSame(tls(CertificateOrigin.CERT_MANAGER, "other", "letsencrypt")))
                .isFalse();
        assertThat(CERTIFICATE.isTheSame(tls(CertificateOrigin.EXTERNAL_SECRET, null, null)))
                .isFalse();
        assertRefused(() -> tls(CertificateOrigin.EXISTING, null, "letsencrypt"))
                .isEqualTo("issuer: \"letsencrypt\" issues nothing for a certificate that comes from elsewhere; use"
                        + " source: certManager, or remove it");
    }

    @ParameterizedTest
    @CsvSource({"80, 8080", "443, 8443", "1023, 9023", "1024, 1024", "8080, 8080"})
    void pods_listen_where_no_right_is_needed(int port, int target) {
        assertThat(GatewayPorts.target(port)).isEqualTo(target);
    }

    private static Tls tls(CertificateOrigin origin, String key, String issuer) {
        return new Tls(ObjectName.of("cert"), null, null, origin, key, null, issuer == null ? null : Name.of(issuer));
    }

    private static Listener listener(int port, Scheme protocol, Tls tls, String... hosts) {
        return new Listener(
                Port.of(port), protocol, Stream.of(hosts).map(Host::of).toList(), tls, null);
    }
}
