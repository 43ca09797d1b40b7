package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Cidr;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Port;
import io.meshwright.value.Url;
import io.meshwright.value.Version;
import io.meshwright.value.security.ExternalService.Resolution;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExternalServiceTest {
    private static final Version OLD = Version.of("1.23.4");
    private static final Version NEW = Version.of("1.26.2");

    @Test
    void recognizes_postgres_by_address_because_it_starts_without_a_server_name() {
        AzurePostgres postgres = postgres("db");

        assertThat(postgres.ports()).extracting(ExternalPort::name).containsExactly("tcp-5432");
        assertThat(postgres.needsOwnAddress()).isTrue();
        assertThat(postgres.resolution()).isEqualTo(Resolution.DNS);
    }

    @Test
    void recognizes_event_hubs_by_server_name_on_each_port() {
        EventHubs hubs = new EventHubs(Host.of("shop.servicebus.windows.net"), null, null);

        assertThat(hubs.ports()).extracting(ExternalPort::name).containsExactly("tls-443", "tls-5671", "tls-9093");
        assertThat(hubs.needsOwnAddress()).isFalse();
    }

    @Test
    void takes_the_host_and_port_of_an_issuer() {
        KeycloakIssuer keycloak = new KeycloakIssuer(Url.of("https://sso.example.org:8443/realms/shop"), null, null);

        assertThat(keycloak.hosts()).containsExactly(Host.of("sso.example.org"));
        assertThat(keycloak.ports()).extracting(ExternalPort::name).containsExactly("tls-8443");
    }

    @Test
    void never_looks_a_wildcard_up() {
        assertThat(HttpsApi.of("*.openai.azure.com").resolution()).isEqualTo(Resolution.NONE);
        assertThat(HttpsApi.of("a.openai.azure.com").resolution()).isEqualTo(Resolution.DNS);
        assertThatThrownBy(() -> new HttpsApi(List.of(Host.of("*.openai.azure.com")), null, true, null))
                .hasMessageContaining("for which an egress gateway has no address");
        assertThatThrownBy(() -> postgres("*.db")).hasMessageStartingWith("host: ");
    }

    @Test
    void uses_given_addresses_instead_of_the_dns() {
        PlainTcp mysql =
                new PlainTcp(Host.of("mysql.home"), Port.of(3306), List.of(IpAddress.of("192.168.1.9")), null, null);

        assertThat(mysql.resolution()).isEqualTo(Resolution.STATIC);
        assertThat(mysql.networks()).containsExactly(Cidr.of("192.168.1.9/32"));
        assertThat(mysql.needsOwnAddress()).isFalse();
    }

    @Test
    void gives_two_tcp_hosts_on_one_port_addresses_of_their_own_before_istio_1_25() {
        VirtualAddresses addresses =
                VirtualAddresses.of(OLD, List.of(postgres("orders"), postgres("users"), new Slack(null)));

        IpAddress orders =
                addresses.of(Host.of("orders.postgres.database.azure.com")).orElseThrow();
        IpAddress users =
                addresses.of(Host.of("users.postgres.database.azure.com")).orElseThrow();
        assertThat(orders).isNotEqualTo(users);
        assertThat(Cidr.of("240.240.0.0/16").contains(orders)).isTrue();
        assertThat(addresses.of(Host.of("slack.com"))).isEmpty();
    }

    @Test
    void keeps_an_address_when_another_host_comes_and_whatever_the_order() {
        Host users = Host.of("users.postgres.database.azure.com");

        assertThat(VirtualAddresses.of(OLD, List.of(postgres("users"))).of(users))
                .isEqualTo(VirtualAddresses.of(OLD, List.of(postgres("orders"), postgres("users")))
                        .of(users))
                .isEqualTo(VirtualAddresses.of(OLD, List.of(postgres("users"), postgres("orders")))
                        .of(users));
    }

    @Test
    void leaves_addresses_to_istiod_from_1_25() {
        assertThat(VirtualAddresses.of(NEW, List.of(postgres("users")))
                        .of(Host.of("users.postgres.database.azure.com")))
                .isEmpty();
        assertThat(VirtualAddresses.needDnsCapture(List.of(postgres("users")))).isTrue();
        assertThat(VirtualAddresses.needDnsCapture(List.of(new Slack(null)))).isFalse();
    }

    @Test
    void gives_a_thousand_hosts_a_thousand_addresses() {
        List<ExternalService> services = java.util.stream.IntStream.range(0, 1000)
                .<ExternalService>mapToObj(i -> postgres("db%d".formatted(i)))
                .toList();

        VirtualAddresses addresses = VirtualAddresses.of(OLD, services);

        assertThat(services)
                .extracting(service -> addresses.of(service.hosts().get(0)).orElseThrow())
                .doesNotHaveDuplicates();
    }

    private static AzurePostgres postgres(String name) {
        return new AzurePostgres(Host.of("%s.postgres.database.azure.com".formatted(name)), null, null);
    }
}
