package io.meshwright.value.gateway;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionRouteTest {
    private static final ConnectionRoute BY_NAME = route("db.example.org", null);
    private static final ConnectionRoute BY_PORT = route(null, 5432);

    @ParameterizedTest
    @CsvSource({
        // protocol, port, hosts, brings what shows the name, brings what comes to the port
        "TLS, 443, *.example.org, true, false",
        "TLS, 5432, db.example.org, true, false",
        "TLS, 5432, *.example.com, false, false",
        "HTTP, 80, db.example.org, false, false",
        "TCP, 5432, *, false, true",
        "TCP, 5433, *, false, false"
    })
    void connections_come_by_a_listener_of_their_kind(
            Scheme protocol, int port, String host, boolean byName, boolean byPort) {
        Listener listener = new Listener(Port.of(port), protocol, List.of(Host.of(host)), null, null);

        assertThat(BY_NAME.isOf(listener)).isEqualTo(byName);
        assertThat(BY_PORT.isOf(listener)).isEqualTo(byPort);
    }

    @Test
    void is_called_by_its_host_or_its_port() {
        assertThat(BY_NAME.words()).isEqualTo("db.example.org");
        assertThat(BY_NAME.dashed()).isEqualTo("db-example-org");
        assertThat(BY_NAME.served()).isEqualTo(Host.of("db.example.org"));
        assertThat(BY_PORT.words()).isEqualTo("port 5432");
        assertThat(BY_PORT.dashed()).isEqualTo("tcp-5432");
        assertThat(BY_PORT.served()).isEqualTo(Host.of("*"));
    }

    @Test
    void comes_by_the_first_gateway_unless_others_are_named() {
        Name other = Name.of("inner");
        ConnectionRoute elsewhere = new ConnectionRoute(null, Port.of(5432), null, List.of(other, other));

        assertThat(BY_NAME.isAt(Name.of("gateway"))).isTrue();
        assertThat(BY_NAME.isAt(other)).isFalse();
        assertThat(elsewhere.gateways()).containsExactly(other);
        assertThat(elsewhere.isAt(other)).isTrue();
        assertThat(new ConnectionRoute(null, Port.of(5432), null, List.of()).isAt(Name.of("gateway")))
                .isTrue();
    }

    @Test
    void is_known_in_one_way() {
        assertRefused(() -> route(null, null))
                .isEqualTo("host: is missing, and so is listener; name the host that clients show in TLS, or the port"
                        + " of a listener of protocol TCP");
        assertRefused(() -> route("db.example.org", 5432))
                .isEqualTo("listener: \"5432\" is beside the host db.example.org, and a connection of plain TCP shows"
                        + " none; keep one of them");
    }

    private static ConnectionRoute route(String host, Integer listener) {
        return new ConnectionRoute(
                host == null ? null : Host.of(host), listener == null ? null : Port.of(listener), null, null);
    }
}
