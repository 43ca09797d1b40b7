package io.meshwright.value.traffic;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Settings of a service held against its routes, its pods and its release. */
class ResilienceOfRoutesTest {
    private static final Route PLAIN = Route.of(Host.of("shop.example.org"));
    private static final Route STREAM = PLAIN.streaming(Stream.of(Stream.Protocol.SSE));
    private static final Retries SLOW = new Retries(2, Duration.of("2s"), null, null);
    private static final Release ROLLOUTS = Canary.rollouts(List.of(Step.of(10)), null, null);
    private static final Release WEIGHTS =
            Canary.plain(List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 10)), null);
    private static final Release BLUE_GREEN =
            new BlueGreen(List.of(Variant.named("a"), Variant.named("b")), Name.of("a"), null);

    @Test
    void a_route_has_its_own_time_or_that_of_the_service_and_a_stream_none() {
        Resilience service = Resilience.defaults();

        assertThat(service.timeoutOf(PLAIN)).isEqualTo(Duration.of("15s"));
        assertThat(service.timeoutOf(
                        PLAIN.toBuilder().timeout(Duration.of("3s")).build()))
                .isEqualTo(Duration.of("3s"));
        assertThat(service.timeoutOf(STREAM)).isEqualTo(Duration.of("0s"));
    }

    @Test
    void a_route_has_its_own_tries_or_those_of_the_service_and_a_stream_none() {
        Resilience service = resilience(SLOW, null, null);

        assertThat(service.retriesOf(PLAIN)).isEqualTo(SLOW);
        assertThat(service.retriesOf(
                        PLAIN.toBuilder().retries(Retries.defaults()).build()))
                .isEqualTo(Retries.defaults());
        assertThat(service.retriesOf(STREAM)).isEqualTo(Retries.none());
    }

    @Test
    void refuses_tries_of_the_service_that_the_route_cuts_off() {
        Resilience service = resilience(SLOW, null, null);

        assertThatCode(() -> service.refuseLateTries(timed("6s"))).doesNotThrowAnyException();
        assertRefused(() -> service.refuseLateTries(timed("5s")))
                .startsWith("retries.perTryTimeout: \"2s\" for the first try and 2 more takes 6s, longer than the"
                        + " timeout 5s");
        assertThatCode(() -> service.refuseLateTries(STREAM)).doesNotThrowAnyException();
        assertThatCode(() -> service.refuseLateTries(
                        PLAIN.toBuilder().respond(Respond.status(503)).build()))
                .doesNotThrowAnyException();
    }

    @Test
    void refuses_a_breaker_that_takes_out_none_of_so_many_pods() {
        Resilience service = resilience(null, new CircuitBreaker(null, null, null, null, null, 33, null, null), null);

        assertRefused(() -> service.refuseIdleBreaker(3))
                .startsWith("circuitBreaker.maxEjectionPercent: \"33\" takes out none of 3 pods");
        assertThatCode(() -> service.refuseIdleBreaker(4)).doesNotThrowAnyException();
        assertThatCode(() -> service.refuseIdleBreaker(1)).doesNotThrowAnyException();
        assertThatCode(() -> service.withoutCircuitBreaker().refuseIdleBreaker(3))
                .doesNotThrowAnyException();
    }

    @Test
    void without_its_breaker_it_keeps_all_else() {
        Resilience service = resilience(SLOW, null, new ConnectionPool(new ConnectionPool.Tcp(5, null), null));

        assertThat(service.withoutCircuitBreaker())
                .isEqualTo(resilience(SLOW, CircuitBreaker.off(), service.connectionPool()));
        assertThat(service.withoutCircuitBreaker().circuitBreaker().enabled()).isFalse();
    }

    @Test
    void refuses_a_hash_beside_versions_that_are_drawn() {
        LoadBalancer byUser = new LoadBalancer(null, new LoadBalancer.ConsistentHash("x-user", null, null, null), null);
        Resilience service = new Resilience(null, null, null, null, byUser, null, null);

        assertRefused(() -> service.refuseHashBeside(WEIGHTS))
                .isEqualTo("loadBalancer.consistentHash: cannot keep a client at a version that is drawn by weight for"
                        + " each request; use release.sticky.cookie or type: abTest, or remove it");
        assertThatCode(() -> service.refuseHashBeside(BLUE_GREEN)).doesNotThrowAnyException();
        assertThatCode(() -> service.refuseHashBeside(null)).doesNotThrowAnyException();
        assertThatCode(() -> Resilience.defaults().refuseHashBeside(WEIGHTS)).doesNotThrowAnyException();
    }

    @Test
    void refuses_a_stream_in_the_pool_of_other_requests() {
        Resilience pooled = resilience(null, null, new ConnectionPool(new ConnectionPool.Tcp(5, null), null));

        assertRefused(() -> pooled.refuseSharedPool(STREAM, ROLLOUTS))
                .isEqualTo("stream: would share the limits of connectionPool, because Argo Rollouts keeps no subset for"
                        + " streams; remove resilience.connectionPool, or use engine: plain");
        assertThatCode(() -> pooled.refuseSharedPool(PLAIN, ROLLOUTS)).doesNotThrowAnyException();
        assertThatCode(() -> pooled.refuseSharedPool(STREAM, WEIGHTS)).doesNotThrowAnyException();
        assertThatCode(() -> pooled.refuseSharedPool(STREAM, null)).doesNotThrowAnyException();
        assertThatCode(() -> Resilience.defaults().refuseSharedPool(STREAM, ROLLOUTS))
                .doesNotThrowAnyException();
    }

    private static Route timed(String timeout) {
        return PLAIN.toBuilder().timeout(Duration.of(timeout)).build();
    }

    private static Resilience resilience(Retries retries, CircuitBreaker breaker, ConnectionPool pool) {
        return new Resilience(null, retries, pool, breaker, null, null, null);
    }
}
