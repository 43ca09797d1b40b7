package io.meshwright.value.security;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.meshwright.value.Cidr;
import io.meshwright.value.Email;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.CertificateSource.Issued;
import io.meshwright.value.security.CertificateSource.Synced;
import io.meshwright.value.security.DnsProvider.AzureDns;
import io.meshwright.value.security.DnsProvider.CloudDns;
import io.meshwright.value.security.DnsProvider.Route53;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** External services, their ports, and who proves names and issues certificates. */
class OutsideTheMeshTest {
    private static final Host DB = Host.of("db.example.org");
    private static final IpAddress ADDRESS = IpAddress.of("10.0.0.9");
    private static final Cidr BLOCK = Cidr.of("10.0.0.0/8");
    private static final SecretRef KEY = SecretRef.of("dns/key");
    private static final String UUID = "00000000-0000-0000-0000-000000000000";

    static List<OwnServer> servers() {
        return List.of(
                new OwnServer.Postgres(DB, Port.of(7000), null, List.of(BLOCK), true),
                new OwnServer.Mysql(DB, Port.of(7000), null, List.of(BLOCK), true),
                new OwnServer.Redis(DB, Port.of(7000), null, List.of(BLOCK), true),
                new OwnServer.Rabbitmq(DB, Port.of(7000), null, List.of(BLOCK), true),
                new OwnServer.Smtp(DB, Port.of(7000), null, List.of(BLOCK), true),
                new OwnServer.Kafka(List.of(DB), Port.of(7000), List.of(BLOCK), true),
                new OwnServer.Mongodb(List.of(DB), Port.of(7000), List.of(BLOCK), true));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void a_server_of_ones_own_is_known_by_address_and_port(OwnServer server) {
        assertThat(server.hosts()).containsExactly(DB);
        assertThat(server.ports()).extracting(ExternalPort::name).containsExactly("tcp-7000");
        assertThat(server.networks()).containsExactly(BLOCK);
        assertThat(server.endpoints()).isEmpty();
        assertThat(server.egressGateway()).isTrue();
        assertThat(server.originatesTls()).isFalse();
        assertThat(server.needsOwnAddress()).isTrue();
    }

    @Test
    void each_program_has_its_usual_port() {
        assertThat(List.of(
                        new OwnServer.Postgres(DB, null, null, null, null),
                        new OwnServer.Mysql(DB, null, null, null, null),
                        new OwnServer.Redis(DB, null, null, null, null),
                        new OwnServer.Rabbitmq(DB, null, null, null, null),
                        new OwnServer.Smtp(DB, null, null, null, null),
                        new OwnServer.Kafka(List.of(DB), null, null, null),
                        new OwnServer.Mongodb(List.of(DB), null, null, null)))
                .extracting(server -> server.port().value())
                .containsExactly(5432, 3306, 6379, 5672, 587, 9092, 27017);
        assertThat(new OwnServer.Mongodb(List.of(DB, Host.of("db2.example.org")), null, null, null).hosts())
                .containsExactly(DB, Host.of("db2.example.org"));
    }

    @Test
    void addresses_stand_for_the_dns_and_for_networks() {
        OwnServer.Redis redis = new OwnServer.Redis(DB, null, List.of(ADDRESS), null, null);
        PlainTcp tcp = new PlainTcp(DB, Port.of(99), List.of(ADDRESS), List.of(), null);

        assertThat(redis.endpoints()).containsExactly(ADDRESS);
        assertThat(redis.networks()).containsExactly(Cidr.of("10.0.0.9/32"));
        assertThat(tcp.endpoints()).containsExactly(ADDRESS);
        assertThat(tcp.hosts()).containsExactly(DB);
        assertThat(tcp.ports()).extracting(ExternalPort::name).containsExactly("tcp-99");
        assertThat(new PlainTcp(DB, Port.of(99), null, List.of(BLOCK), null).networks())
                .containsExactly(BLOCK);
        assertRefused(() -> new PlainTcp(DB, Port.of(99), List.of(ADDRESS), List.of(BLOCK), null))
                .isEqualTo("networks: addresses says already where the host is; keep one of the two");
    }

    @Test
    void refuses_wildcards_where_one_server_is_meant() {
        Host wild = Host.of("*.example.org");
        String told = ": \"*.example.org\" is a wildcard; give one name, which the DNS can answer";

        assertRefused(() -> new OwnServer.Smtp(wild, null, null, null, null)).isEqualTo("host" + told);
        assertRefused(() -> new OwnServer.Kafka(List.of(DB, wild), null, null, null))
                .isEqualTo("hosts[1]" + told);
        assertRefused(() -> new OwnServer.Mongodb(List.of(), null, null, null))
                .isEqualTo("hosts: is empty; give at least one entry");
        assertRefused(() -> new EventHubs(wild, null, null)).isEqualTo("host" + told);
        assertRefused(() -> new OwnServer.Mysql(null, null, null, null, null)).isEqualTo("host: is missing; add it");
    }

    @Test
    void an_api_is_called_by_https_or_by_http_that_the_sidecar_encrypts() {
        HttpsApi plain = HttpsApi.of("api.example.org", "*.example.com");
        HttpsApi originating = new HttpsApi(List.of(DB), null, null, true);

        assertThat(plain.ports()).extracting(ExternalPort::name).containsExactly("tls-443");
        assertThat(plain.originatesTls()).isFalse();
        assertThat(originating.ports()).extracting(ExternalPort::name).containsExactly("http-80", "tls-443");
        assertThat(originating.originatesTls()).isTrue();
        assertRefused(() -> new HttpsApi(List.of(DB), null, true, true))
                .isEqualTo("originateTls: the egress gateway passes TLS on as it is; remove originateTls or"
                        + " egressGateway");
        assertRefused(() -> HttpsApi.of("*")).isEqualTo("hosts: \"*\" is every host; name the hosts that are called");
        assertRefused(() -> new HttpsApi(List.of(Host.of("*.example.org")), null, null, true))
                .startsWith("hosts: \"*.example.org\" is a wildcard, for which an egress gateway has no address");
        assertThat(new HttpsApi(List.of(DB), null, true, null).egressGateway()).isTrue();
    }

    @Test
    void others_have_hosts_and_ports_of_their_own() {
        assertThat(new Slack(null).hosts()).containsExactly(Host.of("hooks.slack.com"), Host.of("slack.com"));
        assertThat(new Slack(true).ports()).extracting(ExternalPort::name).containsExactly("tls-443");
        assertThat(new Slack(null).networks()).isEmpty();
        assertThat(new EventHubs(DB, null, null).hosts()).containsExactly(DB);
        assertRefused(() -> new KeycloakIssuer(Url.of("http://sso.example.org/realms/x"), null, null))
                .isEqualTo("issuer: \"http://sso.example.org/realms/x\" is not encrypted; give an https:// address");
        assertThat(ExternalService.unused(KeyPath.of("externals.db")))
                .hasMessage("externals.db: nobody calls it; add it to uses of a service, or remove it");
    }

    @Test
    void a_port_of_a_host_is_one_services() {
        ExternalPorts ports = new ExternalPorts();

        assertThat(ports.add(KeyPath.of("externals.a"), HttpsApi.of("a.example.org", "b.example.org")))
                .isEmpty();
        assertThat(ports.add(KeyPath.of("externals.b"), new PlainTcp(DB, Port.of(443), null, null, null)))
                .isEmpty();
        assertThat(ports.add(KeyPath.of("externals.c"), HttpsApi.of("c.example.org", "b.example.org")))
                .hasValueSatisfying(refusal -> assertThat(refusal)
                        .hasMessage("externals.c: \"b.example.org:443\" is another external service already; keep one"
                                + " of them"));
        assertThat(ports.add(
                        KeyPath.of("externals.d"),
                        new PlainTcp(Host.of("a.example.org"), Port.of(5432), null, null, null)))
                .isEmpty();
    }

    @Test
    void a_certificate_comes_by_hand_from_a_store_or_from_an_issuer() {
        Name store = Name.of("vault");

        assertThat(CertificateSource.existing()).isEqualTo(new CertificateSource.Existing());
        assertThat(CertificateSource.synced(store, "cert")).isEqualTo(new Synced(store, "cert"));
        assertThat(CertificateSource.issued(store, List.of(DB))).isEqualTo(new Issued(store, List.of(DB)));
        assertRefused(() -> CertificateSource.issued(store, List.of(DB, Host.of("*"))))
                .isEqualTo("hosts: \"*\" is every host, which no certificate names; name the listener's hosts");
        assertRefused(() -> CertificateSource.synced(store, " ")).isEqualTo("remoteKey: is empty; give a text");
        assertThat(new InternalAuthority.SelfSigned("Shop CA").secretName()).isEqualTo(ObjectName.of("internal-ca"));
    }

    @Test
    void amazon_knows_cert_manager_by_role_or_by_key() {
        String role = "arn:aws:iam::111122223333:role/dns";

        assertThat(new Route53(null, null, role, null, null).identity())
                .containsExactly(entry("eks.amazonaws.com/role-arn", role));
        assertThat(new Route53(null, null, null, KEY, KEY).identity()).isEmpty();
        assertThat(new Route53(null, null, null, null, null).labels()).isEmpty();
        assertRefused(() -> new Route53(null, null, role, KEY, null))
                .isEqualTo(
                        "role: \"%s\" needs no key; remove accessKeyID and secretAccessKey, or role".formatted(role));
        assertRefused(() -> new Route53(null, null, role, null, KEY)).startsWith("role: ");
        assertRefused(() -> new Route53(null, null, null, KEY, null)).isEqualTo("secretAccessKey: is missing; add it");
        assertRefused(() -> new Route53(null, null, null, null, KEY)).isEqualTo("accessKeyID: is missing; add it");
        assertRefused(() -> new Route53(null, null, null, SecretRef.of("dns"), KEY))
                .isEqualTo("accessKeyID: \"dns\" names no key; write secret/key");
    }

    @Test
    void google_knows_it_by_account_or_by_key() {
        Email account = Email.of("dns@shop-prod.iam.gserviceaccount.com");

        assertThat(new CloudDns("shop-prod", null, account, null).identity())
                .containsExactly(entry("iam.gke.io/gcp-service-account", account.toString()));
        assertThat(new CloudDns("shop-prod", null, null, KEY).identity()).isEmpty();
        assertRefused(() -> new CloudDns("shop-prod", null, account, KEY))
                .isEqualTo("serviceAccountKey: \"%s\" needs no key; remove it, or serviceAccount".formatted(account));
        assertRefused(() -> new CloudDns("shop-prod", null, null, SecretRef.of("dns")))
                .isEqualTo("serviceAccountKey: \"dns\" names no key; write secret/key");
    }

    @Test
    void azure_knows_it_by_label_or_by_secret() {
        assertThat(azure(null, null).isManaged()).isTrue();
        assertThat(azure(null, null).labels()).containsExactly(entry("azure.workload.identity/use", "true"));
        assertThat(azure(UUID, KEY).isManaged()).isFalse();
        assertThat(azure(UUID, KEY).labels()).isEmpty();
        assertRefused(() -> azure(null, KEY)).isEqualTo("tenantID: is missing; add it");
        assertRefused(() -> azure(UUID, null))
                .isEqualTo("tenantID: a managed identity has its own; remove it, or give clientSecret");
        assertRefused(() -> azure(UUID, SecretRef.of("dns")))
                .isEqualTo("clientSecret: \"dns\" names no key; write secret/key");
    }

    @Test
    void tokens_are_verified_as_keycloak_makes_them() {
        Url issuer = Url.of("https://sso.example.org/realms/shop");
        PathPattern health = PathPattern.of("/health");

        assertThat(Jwt.of(issuer).withPublicPaths(health))
                .isEqualTo(new Jwt(issuer, null, null, null, null, null, List.of(health), null));
        assertThat(AddressSet.of("10.0.0.9")).hasToString("10.0.0.9");
        assertThat(AddressSet.of("10.0.0.9").blocks()).containsExactly(Cidr.of("10.0.0.9/32"));
    }

    private static AzureDns azure(String tenant, SecretRef secret) {
        return new AzureDns(UUID, "dns", null, null, UUID, tenant, secret);
    }
}
