package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.Day;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.security.Connection.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MtlsPlanTest {
    private static final Name SHOP = Name.of("shop");
    private static final TargetPort HTTP = TargetPort.http(8080);
    private static final TargetPort METRICS = TargetPort.http(9090);
    private static final Party WEB = meshed("web");
    private static final Party CART = meshed("cart");
    private static final Party DATABASE =
            Party.outsideMesh(Name.of("mysql"), SHOP, Map.of("app", "mysql"), TargetPort.tcp(3306));
    private static final MtlsPlan STRICT = MtlsPlan.of(MtlsMode.STRICT);

    @Test
    void encrypts_between_sidecars() {
        Connection connection = STRICT.connection(WEB, CART, HTTP);

        assertThat(connection.outcome()).isEqualTo(Outcome.MUTUAL_TLS);
        assertThat(connection.provesIdentity()).isTrue();
        assertThat(connection.why()).isEqualTo("both have a sidecar and shop/cart is STRICT");
    }

    @Test
    void breaks_a_plaintext_client_of_a_strict_server() {
        Connection connection = STRICT.connection(DATABASE, CART, HTTP);

        assertThat(connection.isBroken()).isTrue();
        assertThat(connection.why())
                .isEqualTo("shop/mysql has no sidecar and shop/cart is STRICT: the connection is reset");
    }

    @Test
    void speaks_plaintext_to_a_server_without_a_sidecar() {
        assertThat(STRICT.connection(CART, DATABASE, TargetPort.tcp(3306)).outcome())
                .isEqualTo(Outcome.PLAINTEXT);
        assertThat(STRICT.callsWithMutualTls(DATABASE, TargetPort.tcp(3306))).isFalse();
    }

    @Test
    void prefers_the_port_to_the_workload_to_the_namespace_to_the_mesh() {
        MtlsPlan plan = STRICT.withNamespace(SHOP, MtlsMode.PERMISSIVE)
                .withException(CART, exception("cart", null, MtlsMode.STRICT))
                .withException(CART, exception("cart", 9090, MtlsMode.DISABLE));

        assertThat(plan.effective(WEB, HTTP)).isEqualTo(MtlsMode.PERMISSIVE);
        assertThat(plan.effective(CART, HTTP)).isEqualTo(MtlsMode.STRICT);
        assertThat(plan.effective(CART, METRICS)).isEqualTo(MtlsMode.DISABLE);
        assertThat(plan.callsWithMutualTls(CART, METRICS)).isFalse();
        assertThat(plan.callsWithMutualTls(CART, HTTP)).isTrue();
    }

    @Test
    void refuses_plaintext_to_a_strict_server() {
        assertThatThrownBy(() -> STRICT.withPlaintextTo(CART))
                .hasMessage("tls: plaintext is sent to \"shop/cart\", whose port 8080 is STRICT; "
                        + "call it with mutual TLS, or give it an exception with the mode PERMISSIVE");
    }

    @Test
    void refuses_a_strict_exception_for_a_server_that_is_called_in_plaintext() {
        MtlsPlan plan = MtlsPlan.of(MtlsMode.PERMISSIVE).withPlaintextTo(CART);

        assertThat(plan.connection(WEB, CART, HTTP).outcome()).isEqualTo(Outcome.PLAINTEXT);
        assertThatThrownBy(() -> plan.withException(CART, exception("cart", null, MtlsMode.STRICT)))
                .hasMessageStartingWith("tls: plaintext is sent to \"shop/cart\"");
    }

    @Test
    void refuses_an_exception_by_the_port_of_the_service() {
        assertThatThrownBy(() -> STRICT.withException(CART, exception("cart", 80, MtlsMode.PERMISSIVE)))
                .hasMessage("port: \"80\" is no container port of \"shop/cart\"; give one of: 8080, 9090");
    }

    @Test
    void refuses_an_exception_for_pods_without_a_sidecar() {
        assertThatThrownBy(() -> STRICT.withException(DATABASE, exception("mysql", null, MtlsMode.DISABLE)))
                .hasMessageContaining("\"shop/mysql\" has no sidecar that could obey");
    }

    @Test
    void refuses_two_exceptions_for_one_port() {
        MtlsPlan plan = STRICT.withException(CART, exception("cart", 9090, MtlsMode.PERMISSIVE));

        assertThatThrownBy(() -> plan.withException(CART, exception("cart", 9090, MtlsMode.DISABLE)))
                .hasMessage("exceptions: \"shop/cart\" has two exceptions for port 9090; keep one of them");
        assertThat(plan.withException(CART, exception("cart", 8080, MtlsMode.PERMISSIVE))
                        .exemptions())
                .hasSize(2);
    }

    @Test
    void ends_an_exception_after_its_last_day() {
        MtlsException exception = exception("cart", null, MtlsMode.PERMISSIVE);

        assertThat(exception.isExpiredOn(Day.of("2027-03-31"))).isFalse();
        assertThat(exception.isExpiredOn(Day.of("2027-04-01"))).isTrue();
    }

    @Test
    void wants_a_reason_for_an_exception() {
        assertThatThrownBy(
                        () -> new MtlsException(SHOP, null, MtlsMode.PERMISSIVE, "platform", " ", Day.of("2027-03-31")))
                .hasMessage("reason: is empty; give a text");
    }

    private static MtlsException exception(String service, Integer port, MtlsMode mode) {
        return new MtlsException(
                Name.of(service),
                port == null ? null : Port.of(port),
                mode,
                "platform",
                "moves in March",
                Day.of("2027-03-31"));
    }

    private static Party meshed(String name) {
        return Party.meshed(Name.of(name), Identity.of(SHOP, Name.of(name)), Map.of("app", name), HTTP, METRICS);
    }
}
