package io.meshwright.value.security;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import io.meshwright.value.security.Connection.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Name SHOP = Name.of("shop");
    private static final Party WEB = meshed("web", TargetPort.http(8080));
    private static final Party CART = meshed("cart", TargetPort.http(8080), TargetPort.tcp(9000));
    private static final Party OUTSIDE =
            Party.outsideMesh(Name.of("backup"), SHOP, Map.of("app", "backup"), TargetPort.http(80));
    private static final Caller ALL = Caller.of("web");
    private static final Caller READS = new Caller(Name.of("web"), List.of(HttpMethod.GET), null);
    private static final Caller HEALTH = new Caller(Name.of("web"), null, List.of(PathPattern.of("/health")));
    private static final MtlsPlan STRICT = MtlsPlan.of(MtlsMode.STRICT);
    private static final MtlsPlan PERMISSIVE = MtlsPlan.of(MtlsMode.PERMISSIVE);

    @Test
    void admits_a_caller_at_each_port_and_a_limited_one_where_requests_are_read() {
        assertThat(of(STRICT, CART, WEB, ALL).connections())
                .containsExactly(
                        STRICT.connection(WEB, CART, TargetPort.http(8080)),
                        STRICT.connection(WEB, CART, TargetPort.tcp(9000)));
        assertThat(of(STRICT, CART, WEB, READS).connections())
                .containsExactly(STRICT.connection(WEB, CART, TargetPort.http(8080)));
        assertThat(of(STRICT, CART, WEB, HEALTH).connections()).hasSize(1);
    }

    @Test
    void knows_the_caller_where_each_port_is_encrypted() {
        assertThat(of(STRICT, CART, WEB, ALL).byIdentity()).isTrue();
        assertThat(of(PERMISSIVE, CART, OUTSIDE, ALL).byIdentity()).isFalse();
        assertThat(of(STRICT, OUTSIDE, WEB, ALL).byIdentity()).isFalse();
        assertThat(new Admission(
                                CART,
                                WEB,
                                ALL,
                                Enforcement.values()[0],
                                List.of(
                                        STRICT.connection(WEB, CART, TargetPort.http(8080)),
                                        PERMISSIVE.connection(OUTSIDE, CART, TargetPort.http(8080))))
                        .byIdentity())
                .isFalse();
    }

    @Test
    void refuses_a_call_to_no_port() {
        assertRefused(() -> of(STRICT, meshed("idle"), WEB, ALL))
                .isEqualTo("allowFrom: \"shop/web\" may call \"shop/idle\", which has no port; declare its ports");
        assertRefused(() -> of(STRICT, meshed("db", TargetPort.tcp(5432)), WEB, READS))
                .isEqualTo("allowFrom: \"shop/web\" may call \"shop/db\", which has no HTTP port on which methods and"
                        + " paths mean something; remove methods and paths, or declare the port as http");
    }

    @Test
    void refuses_limits_that_nobody_could_keep() {
        assertRefused(() -> of(STRICT, OUTSIDE, WEB, READS))
                .isEqualTo("allowFrom: \"shop/backup\" has no sidecar that could tell methods and paths; remove them,"
                        + " or take it into the mesh");
    }

    @Test
    void refuses_a_call_that_never_arrives() {
        assertRefused(() -> of(STRICT, CART, OUTSIDE, ALL))
                .isEqualTo("allowFrom: \"shop/backup\" cannot call port 8080 of \"shop/cart\": shop/backup has no"
                        + " sidecar and shop/cart is STRICT: the connection is reset; take the caller into the mesh, or"
                        + " give the server an exception with the mode PERMISSIVE");
    }

    @Test
    void a_connection_ends_in_one_of_three_ways() {
        assertThat(STRICT.connection(WEB, CART, TargetPort.http(8080)))
                .satisfies(mutual -> assertThat(mutual.provesIdentity()).isTrue())
                .satisfies(mutual -> assertThat(mutual.isBroken()).isFalse());
        assertThat(PERMISSIVE.connection(OUTSIDE, CART, TargetPort.http(8080)))
                .satisfies(plain -> assertThat(plain.provesIdentity()).isFalse())
                .satisfies(plain -> assertThat(plain.isBroken()).isFalse())
                .satisfies(plain -> assertThat(plain.outcome().words()).isEqualTo("plaintext"));
        assertThat(STRICT.connection(OUTSIDE, CART, TargetPort.http(8080)).isBroken())
                .isTrue();
        assertThat(MtlsPlan.of(MtlsMode.DISABLE).connection(WEB, CART, TargetPort.http(8080)))
                .extracting(Connection::outcome, Connection::why)
                .containsExactly(Outcome.PLAINTEXT, "shop/cart is DISABLE");
        assertThat(MtlsPlan.of(MtlsMode.DISABLE)
                        .connection(OUTSIDE, CART, TargetPort.http(8080))
                        .outcome())
                .isEqualTo(Outcome.PLAINTEXT);
    }

    @Test
    void a_posture_knows_which_calls_were_declared() {
        Admission admission = of(STRICT, CART, WEB, READS);
        Posture posture = new Posture(
                "shop", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(admission), List.of());

        assertThat(posture.isDeclared(STRICT.connection(WEB, CART, TargetPort.http(8080))))
                .isTrue();
        assertThat(posture.isDeclared(STRICT.connection(WEB, CART, TargetPort.tcp(9000))))
                .isFalse();
        assertThat(posture.isDeclared(STRICT.connection(CART, WEB, TargetPort.http(8080))))
                .isFalse();
    }

    @Test
    void a_party_of_a_mesh_is_of_its_identitys_namespace() {
        assertThat(Party.everyPodIn(SHOP))
                .satisfies(party -> assertThat(party).hasToString("shop/shop"))
                .satisfies(party -> assertThat(party.inMesh()).isTrue())
                .satisfies(party -> assertThat(party.podLabels()).isEmpty());
        assertThat(OUTSIDE.inMesh()).isFalse();
        assertThat(CART.httpPorts()).containsExactly(TargetPort.http(8080));
        assertThat(meshed("web").identity()).contains(Identity.of(SHOP, Name.of("web")));
        assertRefused(() -> new Party(
                        Name.of("web"),
                        Name.of("blog"),
                        Map.of(),
                        java.util.Optional.of(Identity.of(SHOP, Name.of("web"))),
                        List.of()))
                .isEqualTo("identity: \"cluster.local/ns/shop/sa/web\" is not of namespace \"blog\"; give a service"
                        + " account of the pods' own namespace");
    }

    @Test
    void an_exception_holds_for_its_port_alone() {
        MtlsException nine = new MtlsException(
                Name.of("cart"),
                io.meshwright.value.Port.of(9000),
                MtlsMode.PERMISSIVE,
                "platform",
                "moves in March",
                io.meshwright.value.Day.of("2027-03-31"));
        MtlsPlan plan = STRICT.withException(CART, nine);

        assertThat(plan.effective(CART, TargetPort.tcp(9000))).isEqualTo(MtlsMode.PERMISSIVE);
        assertThat(plan.effective(CART, TargetPort.http(8080))).isEqualTo(MtlsMode.STRICT);
        assertThat(nine.terms().owner()).isEqualTo("platform");
        assertThat(nine.isExpiredOn(io.meshwright.value.Day.of("2027-03-31"))).isFalse();
        assertThat(nine.isExpiredOn(io.meshwright.value.Day.of("2027-04-01"))).isTrue();
    }

    @Test
    void ports_are_ordered_by_number_and_then_bytes_before_requests() {
        assertThat(TargetPort.tcp(80)).isLessThan(TargetPort.tcp(443)).isLessThan(TargetPort.http(80));
        assertThat(TargetPort.http(80)).isEqualByComparingTo(TargetPort.http(80));
    }

    private static Admission of(MtlsPlan plan, Party server, Party client, Caller limits) {
        return Admission.of(plan, server, client, limits, Enforcement.values()[0]);
    }

    private static Party meshed(String name, TargetPort... ports) {
        return Party.meshed(Name.of(name), Identity.of(SHOP, Name.of(name)), Map.of("app", name), ports);
    }
}
