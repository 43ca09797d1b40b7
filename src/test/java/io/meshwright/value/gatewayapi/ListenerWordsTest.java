package io.meshwright.value.gatewayapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.MinimumVersion;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.gateway.Tls;
import io.meshwright.value.gateway.TlsMode;
import io.meshwright.value.pod.ObjectName;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerWordsTest {
    private static final Name HOME = Name.of("istio-ingress");

    @Test
    void says_a_listener_of_one_host_for_requests_and_one_for_tls() {
        assertThat(refusals(http(80, "a.example.org", "b.example.org"), https("cert", "*.example.org")))
                .isEmpty();
    }

    @Test
    void calls_a_listener_by_protocol_port_and_host() {
        assertThat(ListenerWords.section(http(8080, "*.example.org"), Host.of("*.example.org")))
                .isEqualTo("http-8080-any-example-org");
        assertThat(ListenerWords.section(https("cert", "a.example.org"), Host.of("a.example.org")))
                .isEqualTo("https-443-a-example-org");
    }

    @Test
    void refuses_bytes_that_no_route_reads() {
        Listener tcp = new Listener(Port.of(5432), Scheme.TCP, hosts("*"), null, null);
        Listener tls = new Listener(Port.of(8443), Scheme.TLS, hosts("db.example.org"), null, null);

        assertThat(refusals(http(80, "a.example.org"), tcp, tls))
                .containsExactly(
                        "listeners[1].protocol: \"TCP\" reads no requests, and no HTTPRoute is bound to it; move it and"
                                + " its connections to an entry of gateways with api: networking.istio.io",
                        "listeners[2].protocol: \"TLS\" reads no requests, and no HTTPRoute is bound to it; move it and"
                                + " its connections to an entry of gateways with api: networking.istio.io");
    }

    @Test
    void refuses_client_certificates_and_another_lowest_version() {
        Tls mutual = new Tls(ObjectName.of("cert"), TlsMode.MUTUAL, MinimumVersion.TLSV1_3, null, null, null, null);

        assertThat(refusals(new Listener(Port.of(443), Scheme.HTTPS, hosts("a.example.org"), mutual, null)))
                .satisfiesExactly(
                        first -> assertThat(first)
                                .startsWith("listeners[0].tls.mode: \"MUTUAL\" asks for client certificates at every"),
                        second -> assertThat(second)
                                .startsWith("listeners[0].tls.minProtocolVersion: is no field of a listener"));
    }

    @Test
    void leads_to_https_from_port_80_alone_and_where_each_host_has_it() {
        assertThat(refusals(redirecting(80, "a.example.org"), https("cert", "*.example.org")))
                .isEmpty();
        assertThat(refusals(redirecting(8080, "a.example.org"), https("cert", "a.example.org")))
                .containsExactly("listeners[0].redirectToHttps: leads from port \"8080\" to 443 in the Gateway API, and"
                        + " back to that port by Istio's kinds; listen on 80, or use api: networking.istio.io");
        assertThat(refusals(http(8080, "a.example.org"))).isEmpty();
        assertThat(refusals(redirecting(80, "a.example.org", "b.example.org"), https("cert", "a.example.org")))
                .containsExactly(
                        "listeners[0].redirectToHttps: leads to HTTPS, where no listener has \"b.example.org\", so that"
                                + " its routes are bound to none; add a listener of protocol HTTPS for it, or use api:"
                                + " networking.istio.io");
    }

    @Test
    void a_listener_that_leads_away_itself_or_reads_nothing_serves_no_routes() {
        Listener passed = new Listener(Port.of(443), Scheme.TLS, hosts("a.example.org"), null, null);

        assertThat(refusals(redirecting(80, "a.example.org")))
                .singleElement()
                .asString()
                .contains("where no listener has \"a.example.org\"");
        assertThat(refusals(redirecting(80, "a.example.org"), passed))
                .hasSize(2)
                .first()
                .asString()
                .contains("where no listener has \"a.example.org\"");
    }

    @Test
    void refuses_two_names_under_one_certificate() {
        assertThat(refusals(https("cert", "a.example.org", "b.example.org")))
                .containsExactly("listeners[0].hosts: [a.example.org, b.example.org] show one certificate, and a"
                        + " connection that a browser opened for one of them would answer 404 for another; write one"
                        + " wildcard that covers them, or a listener with a certificate of its own for each");
        assertThat(refusals(https("cert", "a.example.org"), https("cert", "b.example.org")))
                .containsExactly("listeners[1].tls.credentialName: \"cert\" is shown by listeners[0] too, and a"
                        + " connection that a browser opened for one of them would answer 404 for the other; write one"
                        + " listener with a wildcard that covers both, or give each a certificate of its own");
        assertThat(refusals(https("a", "a.example.org"), https("b", "b.example.org")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*.example.org", "a.example.org", "*"})
    void refuses_hosts_of_one_port_that_cover_each_other(String other) {
        String told = "listeners[1].hosts: \"%s\" and \"%s\" are listeners of one port, and routes of the one are not"
                + " found at the other; keep the wider one, or use api: networking.istio.io";

        assertThat(refusals(http(80, other), http(80, "a.example.org")))
                .containsExactly(told.formatted("a.example.org", other));
        assertThat(refusals(http(80, "a.example.org"), http(80, other)))
                .containsExactly(told.formatted(other, "a.example.org"));
    }

    @Test
    void hosts_of_two_ports_or_beside_what_reads_nothing_do_not_meet() {
        Listener passed = new Listener(Port.of(443), Scheme.TLS, hosts("a.example.org"), null, null);

        assertThat(refusals(http(80, "a.example.org"), http(8080, "a.example.org")))
                .isEmpty();
        assertThat(refusals(https("cert", "a.example.org"), passed))
                .singleElement()
                .asString()
                .startsWith("listeners[1].protocol");
        assertThat(refusals(passed, https("cert", "a.example.org")))
                .singleElement()
                .asString()
                .startsWith("listeners[0].protocol");
    }

    @Test
    void refuses_pods_of_another_namespace() {
        assertThat(ListenerWords.refusals(List.of(http(80, "a.example.org")), Name.of("shop"), HOME))
                .extracting(InvalidValue::getMessage)
                .containsExactly("namespace: \"shop\" is not that of the pods, which listen for no Gateway of the"
                        + " Gateway API from elsewhere; write istio-ingress");
    }

    @Test
    void has_a_listener_for_each_host_up_to_64() {
        String[] hosts =
                IntStream.range(0, 64).mapToObj("h%d.example.org"::formatted).toArray(String[]::new);

        assertThat(refusals(http(80, hosts))).isEmpty();
        assertThat(refusals(http(80, hosts), http(8080, "one.more.org")))
                .containsExactly("listeners: have 65 hosts, and a Gateway of the Gateway API has at most 64 listeners,"
                        + " one for each host; write wildcards, or use a further gateway");
    }

    private static List<String> refusals(Listener... listeners) {
        return ListenerWords.refusals(List.of(listeners), HOME, HOME).stream()
                .map(InvalidValue::getMessage)
                .toList();
    }

    private static Listener http(int port, String... hosts) {
        return new Listener(Port.of(port), Scheme.HTTP, hosts(hosts), null, null);
    }

    private static Listener redirecting(int port, String... hosts) {
        return new Listener(Port.of(port), Scheme.HTTP, hosts(hosts), null, true);
    }

    private static Listener https(String credential, String... hosts) {
        Tls tls = new Tls(ObjectName.of(credential), null, null, null, null, null, null);
        return new Listener(Port.of(443), Scheme.HTTPS, hosts(hosts), tls, null);
    }

    private static List<Host> hosts(String... hosts) {
        return Stream.of(hosts).map(Host::of).toList();
    }
}
