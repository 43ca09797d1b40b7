package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.Rendered;
import io.meshwright.value.Cidr;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Version;
import io.meshwright.value.security.AzurePostgres;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.HttpsApi;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PlainTcp;
import io.meshwright.value.security.Slack;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class EgressTest {
    private static final Version OLD = Version.of("1.23.4");
    private static final Version NEW = Version.of("1.26.2");
    private static final Host DATABASE = Host.of("db.postgres.database.azure.com");
    private static final Name EGRESS = Name.of("istio-egress");
    private static final EgressGateway GATEWAY = new EgressGateway(Party.meshed(
            Name.of("istio-egressgateway"),
            Identity.of(EGRESS, Name.of("istio-egressgateway")),
            Map.of("istio", "egressgateway")));

    @Test
    void shows_an_api_to_its_callers_only() {
        assertThat(render(NEW, HttpsApi.of("ai.openai.azure.com")).only("ServiceEntry"))
                .hasJson(
                        "/spec",
                        "{hosts: ['ai.openai.azure.com'], ports: [{name: 'tls-443', number: 443, protocol: 'TLS'}],"
                                + "location: 'MESH_EXTERNAL', resolution: 'DNS', exportTo: ['shop']}");
    }

    @Test
    void gives_postgres_an_address_of_its_own_before_istio_1_25() {
        assertThat(render(OLD, postgres(false)).only("ServiceEntry"))
                .hasJson("/spec/ports/0", "{name: 'tcp-5432', number: 5432, protocol: 'TCP'}")
                .hasJson("/spec/addresses", "['240.240.209.254']");
        assertThat(render(NEW, postgres(false)).only("ServiceEntry")).lacks("/spec/addresses");
    }

    @Test
    void uses_the_given_addresses_of_a_host_that_no_dns_knows() {
        PlainTcp mysql =
                new PlainTcp(Host.of("mysql.home"), Port.of(3306), List.of(IpAddress.of("192.168.1.9")), null, null);

        Rendered rendered = render(OLD, mysql);

        assertThat(rendered.only("ServiceEntry"))
                .has("/spec/resolution", "STATIC")
                .hasJson("/spec/addresses", "['192.168.1.9']")
                .hasJson("/spec/endpoints", "[{address: '192.168.1.9'}]");
        assertThat(rendered.named("NetworkPolicy shop/web-to-outside"))
                .hasJson(
                        "/spec/egress",
                        "[{to: [{ipBlock: {cidr: '192.168.1.9/32'}}], ports: [{protocol: 'TCP', port: 3306}]}]");
    }

    @Test
    void lets_callers_out_to_public_addresses_by_port() {
        assertThat(render(NEW, new Slack(null)).named("NetworkPolicy shop/web-to-outside"))
                .hasJson("/spec/podSelector/matchLabels", "{app: 'web'}")
                .hasJson(
                        "/spec/egress",
                        "[{to: [{ipBlock: {cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '100.64.0.0/10','169.254.0.0/16',"
                                + " '172.16.0.0/12', '192.168.0.0/16']}}], ports: [{protocol: 'TCP', port: 443}]}]");
    }

    @Test
    void lets_callers_out_to_a_private_endpoint_where_it_is_declared() {
        ExternalService database = new AzurePostgres(DATABASE, List.of(Cidr.of("10.1.0.0/24")), null);

        assertThat(render(NEW, database).named("NetworkPolicy shop/web-to-outside"))
                .hasJson("/spec/egress/0/to", "[{ipBlock: {cidr: '10.1.0.0/24'}}]");
    }

    @Test
    void adds_tls_to_plain_requests_where_asked() {
        Rendered rendered = render(NEW, new HttpsApi(List.of(Host.of("api.example.org")), null, null, true));

        assertThat(rendered.only("ServiceEntry"))
                .hasJson("/spec/ports/0", "{name: 'http-80', number: 80, protocol: 'HTTP', targetPort: 443}");
        assertThat(rendered.only("DestinationRule"))
                .hasJson(
                        "/spec/trafficPolicy/portLevelSettings",
                        "[{port: {number: 80}, tls: {mode: 'SIMPLE', sni: 'api.example.org'}}]");
        assertThat(rendered.named("NetworkPolicy shop/web-to-outside"))
                .hasJson("/spec/egress/0/ports", "[{protocol: 'TCP', port: 443}]");
    }

    @Test
    void leads_a_database_through_the_egress_gateway_by_a_server_name_that_its_protocol_lacks() {
        Rendered rendered = render(NEW, postgres(true), egress -> egress.gateway(GATEWAY));

        assertThat(rendered.only("Gateway"))
                .hasJson(
                        "/spec",
                        "{selector: {istio: 'egressgateway'}, servers: [{hosts: ['%s'],".formatted(DATABASE)
                                + "port: {name: 'tcp-5432', number: 5432, protocol: 'TLS'}, tls: {mode:"
                                + " 'ISTIO_MUTUAL'}}]}");
        assertThat(rendered.only("DestinationRule"))
                .hasJson(
                        "/spec/subsets",
                        "[{name: 'db-postgres-database-azure-com',"
                                + "trafficPolicy: {tls: {mode: 'ISTIO_MUTUAL', sni: '%s'}}}]".formatted(DATABASE));
        assertThat(rendered.only("VirtualService"))
                .hasJson(
                        "/spec/tcp/0",
                        "{match: [{gateways: ['mesh'], port: 5432}], route: [{destination: {"
                                + "host: 'istio-egressgateway.istio-egress.svc.cluster.local', port: {number: 5432},"
                                + "subset: 'db-postgres-database-azure-com'}}]}")
                .hasJson(
                        "/spec/tcp/1",
                        "{match: [{gateways: ['istio-egress/egress-db-postgres-database-azure-com'], port: 5432}],"
                                + "route: [{destination: {host: '%s', port: {number: 5432}}}]}".formatted(DATABASE))
                .lacks("/spec/tls");
        assertThat(rendered.only("ServiceEntry")).hasJson("/spec/exportTo", "['istio-egress', 'shop']");
        assertThat(rendered.named("NetworkPolicy shop/web-to-outside"))
                .has("/spec/egress/0/to/0/podSelector/matchLabels/istio", "egressgateway");
    }

    @Test
    void leads_tls_through_the_egress_gateway_by_its_own_server_name() {
        Rendered rendered = render(
                NEW,
                new HttpsApi(List.of(Host.of("api.example.org")), null, true, null),
                egress -> egress.gateway(GATEWAY));

        assertThat(rendered.only("VirtualService"))
                .hasJson("/spec/tls/0/match", "[{gateways: ['mesh'], port: 443, sniHosts: ['api.example.org']}]")
                .has("/spec/tcp/0/match/0/gateways/0", "istio-egress/egress-api-example-org")
                .lacks("/spec/tcp/1");
    }

    @Test
    void shortens_the_subset_of_a_long_host_to_a_label_of_its_own() {
        String tail = ".%s.servicebus.windows.net".formatted("x".repeat(60));
        HttpsApi api = new HttpsApi(List.of(Host.of("a".concat(tail)), Host.of("b".concat(tail))), null, true, null);

        JsonNode subsets = render(NEW, api, egress -> egress.gateway(GATEWAY))
                .only("DestinationRule")
                .at("/spec/subsets");

        assertThat(subsets.findValuesAsText("name"))
                .doesNotHaveDuplicates()
                .hasSize(2)
                .allMatch(name -> name.matches("[ab]-x+-[0-9a-f]{8}") && name.length() == 63);
    }

    @Test
    void needs_no_registry_for_a_caller_outside_the_mesh() {
        Rendered rendered = Rendered.of(chart -> Egress.Builder.create(chart, "egress")
                .istio(NEW)
                .release(Name.of("outside"), new Slack(null), List.of(Shop.MYSQL))
                .guards(List.of(Shop.guard(chart)))
                .build());

        assertThat(rendered.names())
                .contains("NetworkPolicy shop/mysql-to-outside")
                .noneMatch(name -> name.startsWith("ServiceEntry"));
    }

    @Test
    void lets_declared_callers_only_through_the_gateway_and_the_gateway_alone_outside() {
        Rendered rendered = Rendered.of(chart -> Egress.Builder.create(chart, "egress")
                .istio(NEW)
                .gateway(GATEWAY)
                .release(
                        Name.of("api"),
                        new HttpsApi(List.of(Host.of("api.example.org")), null, true, null),
                        List.of(Shop.WEB, Shop.CART, Shop.MYSQL))
                .guards(List.of(
                        Shop.guard(chart),
                        NamespaceGuard.Builder.create(chart, "egress-guard")
                                .namespace(EGRESS)
                                .build()))
                .build());

        assertThat(rendered.named("AuthorizationPolicy istio-egress/api-callers"))
                .hasJson(
                        "/spec",
                        "{action: 'ALLOW', selector: {matchLabels: {istio: 'egressgateway'}}, rules: [{from: [{source:"
                                + " {principals: ['cluster.local/ns/shop/sa/cart', 'cluster.local/ns/shop/sa/web']}}],to:"
                                + " [{operation: {ports: ['8443']}}],when: [{key: 'connection.sni', values:"
                                + " ['api.example.org']}]}]}");
        assertThat(rendered.named("NetworkPolicy shop/web-to-api"))
                .hasJson("/spec/egress/0/ports", "[{protocol: 'TCP', port: 8443}]")
                .has("/spec/egress/0/to/0/podSelector/matchLabels/istio", "egressgateway");
        assertThat(rendered.named("NetworkPolicy istio-egress/api-callers"))
                .hasJson("/spec/ingress/0/ports", "[{protocol: 'TCP', port: 8443}]")
                .lacks("/spec/ingress/0/from/2");
        assertThat(rendered.named("NetworkPolicy istio-egress/istio-egressgateway-to-api"))
                .has("/spec/egress/0/to/0/ipBlock/cidr", "0.0.0.0/0")
                .hasJson("/spec/egress/0/ports", "[{protocol: 'TCP', port: 443}]");
    }

    @Test
    void leaves_a_caller_without_a_sidecar_its_own_way() {
        Rendered rendered = Rendered.of(chart -> Egress.Builder.create(chart, "egress")
                .istio(NEW)
                .gateway(GATEWAY)
                .release(Name.of("api"), postgres(true), List.of(Shop.WEB, Shop.MYSQL))
                .guards(List.of(Shop.guard(chart)))
                .build());

        assertThat(rendered.named("NetworkPolicy shop/mysql-to-api"))
                .has("/spec/egress/0/to/0/ipBlock/cidr", "0.0.0.0/0");
    }

    @Test
    void only_reports_undeclared_callers_of_the_gateway_in_dry_run() {
        Rendered rendered =
                render(NEW, postgres(true), egress -> egress.gateway(GATEWAY).enforcement(Enforcement.DRY_RUN));

        assertThat(rendered.named("AuthorizationPolicy istio-egress/outside-callers"))
                .has("/metadata/annotations/istio.io~1dry-run", "true");
    }

    @Test
    void refuses_what_nobody_calls_and_what_is_declared_twice() {
        assertThatThrownBy(() -> Rendered.of(chart -> Egress.Builder.create(chart, "egress")
                        .istio(NEW)
                        .release(Name.of("chat"), new Slack(null), List.of())
                        .build()))
                .hasMessageStartingWith("externals.chat: nobody calls it; add it to uses of a service, or remove it");
        assertThatThrownBy(() -> render(
                        NEW,
                        HttpsApi.of("slack.com"),
                        egress -> egress.release(Name.of("chat"), new Slack(null), List.of(Shop.WEB))))
                .hasMessageStartingWith(
                        "externals.chat: \"slack.com:443\" is another external service already; keep one of them");
        assertThatThrownBy(() -> render(NEW, postgres(true)))
                .hasMessageStartingWith(
                        "externals.outside.egressGateway: there is no egress gateway; declare one, or remove"
                                + " egressGateway");
    }

    private static Rendered render(Version istio, ExternalService service) {
        return render(istio, service, UnaryOperator.identity());
    }

    private static Rendered render(Version istio, ExternalService service, UnaryOperator<Egress.Builder> more) {
        return Rendered.of(chart -> more.apply(Egress.Builder.create(chart, "egress")
                        .istio(istio)
                        .release(Name.of("outside"), service, List.of(Shop.WEB))
                        .guards(List.of(Shop.guard(chart))))
                .build());
    }

    private static AzurePostgres postgres(boolean egressGateway) {
        return new AzurePostgres(DATABASE, null, egressGateway);
    }
}
