package io.meshwright.value.traffic;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Duration;
import io.meshwright.value.Percent;
import io.meshwright.value.Weight;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to requests on their way: headers, faults, limits, streams. */
class OnTheWayTest {
    @Test
    void headers_change_in_three_ways() {
        HeaderOperations set = new HeaderOperations(Map.of("X-B", "1", "x-a", "2"), null, null);
        HeaderOperations add = new HeaderOperations(null, Map.of("x-a", "1"), null);
        HeaderOperations remove = new HeaderOperations(null, null, List.of("x-b", "x-a", "x-b"));

        assertThat(HeaderOperations.none().isNone()).isTrue();
        assertThat(List.of(set, add, remove)).noneMatch(HeaderOperations::isNone);
        assertThat(remove.remove()).containsExactly("x-a", "x-b");
        assertThat(new HeaderOperations(set.set(), add.add(), remove.remove()).names())
                .containsExactlyInAnyOrder("X-B", "x-a", "x-a", "x-a", "x-b");
        assertThat(set.setting(Map.of("x-a", "3", "x-c", "4")))
                .isEqualTo(new HeaderOperations(Map.of("X-B", "1", "x-a", "3", "x-c", "4"), null, null));
        assertThat(new Headers(set, null).isNone()).isFalse();
        assertThat(new Headers(null, set).isNone()).isFalse();
        assertThat(Headers.none().isNone()).isTrue();
    }

    @Test
    void refuses_headers_that_are_none_or_the_host() {
        String host = ": \"host\" cannot be changed as a header; use rewrite.host";
        String none = ": \"x a\" is not the name of a header; give a name such as x-group";

        assertRefused(() -> new HeaderOperations(Map.of("Host", "a"), null, null))
                .isEqualTo("set.Host" + host);
        assertRefused(() -> new HeaderOperations(null, Map.of("host", "a"), null))
                .isEqualTo("add.host" + host);
        assertRefused(() -> new HeaderOperations(null, null, List.of("x-a", "HOST")))
                .isEqualTo("remove[1]" + host);
        assertRefused(() -> new HeaderOperations(Map.of("x a", "a"), null, null))
                .isEqualTo("set.x a" + none);
        assertRefused(() -> new HeaderOperations(null, Map.of("x a", "a"), null))
                .isEqualTo("add.x a" + none);
        assertRefused(() -> new HeaderOperations(null, null, List.of("x a"))).isEqualTo("remove[0]" + none);
    }

    @Test
    void a_fault_strikes_some_requests() {
        Percent some = Percent.of(0.1);

        assertThat(new Fault.Delay(Duration.of("1ms"), some).percent()).isEqualTo(some);
        assertThat(new Fault.Abort(400, some).percent()).isEqualTo(some);
        assertThat(new Fault.Abort(599, some).status()).isEqualTo(599);
        assertRefused(() -> new Fault.Delay(Duration.of("1s"), Percent.of(0)))
                .isEqualTo("percent: \"0\" never fires; give a share above 0");
        assertRefused(() -> new Fault.Abort(503, Percent.of(0))).startsWith("percent: \"0\" never fires");
        assertRefused(() -> new Fault.Delay(Duration.of("0s"), some))
                .isEqualTo("time: \"0s\" is no delay; give a time above 0s");
        assertRefused(() -> new Fault.Abort(399, some)).startsWith("status: \"399\" is not between 400 and 599");
        assertRefused(() -> new Fault.Abort(600, some)).startsWith("status: \"600\" is not between 400 and 599");
    }

    @Test
    void limits_of_a_pool_are_above_nothing() {
        String none = ": \"0\" is not above 0; give 1 or more, or remove it";
        String time = ": \"0s\" leaves no time; give a time above 0s, or remove it";
        Duration zero = Duration.of("0s");
        Duration some = Duration.of("1ms");

        assertThat(new ConnectionPool.Tcp(1, some).connectTimeout()).isEqualTo(some);
        assertThat(new ConnectionPool.Http(1, 1, 1, some).idleTimeout()).isEqualTo(some);
        assertRefused(() -> new ConnectionPool.Tcp(null, zero)).isEqualTo("connectTimeout" + time);
        assertRefused(() -> new ConnectionPool.Http(0, null, null, null)).isEqualTo("http1MaxPendingRequests" + none);
        assertRefused(() -> new ConnectionPool.Http(null, 0, null, null)).isEqualTo("http2MaxRequests" + none);
        assertRefused(() -> new ConnectionPool.Http(null, null, 0, null)).isEqualTo("maxRequestsPerConnection" + none);
        assertRefused(() -> new ConnectionPool.Http(null, null, null, zero)).isEqualTo("idleTimeout" + time);
    }

    @Test
    void a_breaker_counts_from_one_and_looks_now_and_then() {
        String none = ": \"0\" is not above 0; give 1 or more, or remove it";
        String time = ": \"0s\" leaves no time; give a time above 0s, or remove it";
        Duration zero = Duration.of("0s");

        assertThat(breaker(1, null, null, null, null).consecutiveGatewayErrors())
                .isNull();
        assertThat(breaker(null, 1, Duration.of("1ms"), null, null))
                .extracting(CircuitBreaker::consecutiveGatewayErrors, CircuitBreaker::interval)
                .containsExactly(1, Duration.of("1ms"));
        assertThat(CircuitBreaker.defaults())
                .extracting(CircuitBreaker::enabled, CircuitBreaker::interval, CircuitBreaker::baseEjectionTime)
                .containsExactly(true, Duration.of("10s"), Duration.of("30s"));
        assertRefused(() -> breaker(0, null, null, null, null)).isEqualTo("consecutive5xxErrors" + none);
        assertRefused(() -> breaker(null, 0, null, null, null)).isEqualTo("consecutiveGatewayErrors" + none);
        assertRefused(() -> breaker(null, null, zero, null, null)).isEqualTo("interval" + time);
        assertRefused(() -> breaker(null, null, null, zero, null)).isEqualTo("baseEjectionTime" + time);
    }

    @Test
    void a_breaker_acts_where_a_pod_is_left_or_a_reason_given() {
        assertThat(CircuitBreaker.off().acts(3)).isFalse();
        assertThat(breaker(null, null, null, null, 99).acts(1)).isFalse();
        assertThat(breaker(null, null, null, null, 99).acts(2)).isTrue();
        assertThat(breaker(null, null, null, null, 50).maxEjectionPercent(2)).isEqualTo(50);
        assertThat(breaker(null, null, null, null, 99).minHealthPercent(2)).isEqualTo(1);
        assertThat(new CircuitBreaker(null, null, null, null, null, null, 10, null).minHealthPercent(2))
                .isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"1, true", "99, true", "0, false", "100, false"})
    void a_step_gives_the_new_version_some_and_not_all(int weight, boolean admitted) {
        if (admitted) {
            assertThat(Step.of(weight)).isEqualTo(new Step(Weight.of(weight), Duration.of("5m"), false));
        } else {
            assertRefused(() -> Step.of(weight)).startsWith("weight: \"%d\" is not between 1 and 99".formatted(weight));
        }
    }

    @Test
    void a_step_waits_for_time_or_for_a_person() {
        assertRefused(() -> new Step(Weight.of(10), Duration.of("1m"), true))
                .isEqualTo("pause: is given beside approve; keep one of them");
        assertRefused(() -> new Step(null, null, null)).isEqualTo("weight: is missing; add it");
    }

    @ParameterizedTest
    @EnumSource(Stream.Protocol.class)
    void a_stream_is_called_by_its_word(Stream.Protocol protocol) {
        assertThat(Stream.of(protocol.word())).isEqualTo(Stream.of(protocol));
    }

    @Test
    void a_stream_beats_before_it_is_idle() {
        Stream stream = Stream.of("grpc-stream");

        assertThat(stream.protocol()).isEqualTo(Stream.Protocol.GRPC_STREAM);
        assertThat(stream.heartbeat()).isEqualTo(Duration.of("30s"));
        assertThat(stream.idleTimeout()).isEqualTo(Duration.of("1h"));
        assertRefused(() -> Stream.of("http2")).isEqualTo("\"http2\" is unknown; use sse, websocket or grpc-stream");
        assertRefused(() -> new Stream(Stream.Protocol.SSE, Duration.of("0s"), null))
                .isEqualTo("heartbeat: \"0s\" is never; give a time above 0s");
        assertThat(new Stream(Stream.Protocol.SSE, Duration.of("59s"), Duration.of("1m")).heartbeat())
                .isEqualTo(Duration.of("59s"));
    }

    @Test
    void tools_that_stream_are_known_by_their_service() {
        assertThat(StreamingTool.of("argocd-server")).contains(StreamingTool.ARGO_CD);
        assertThat(StreamingTool.of("kiali")).isEmpty();
        assertThat(StreamingTool.ARGO_CD)
                .hasToString("Argo CD")
                .extracting(StreamingTool::service, StreamingTool::mount, StreamingTool::protocol, StreamingTool::habit)
                .containsExactly("argocd-server", "argo", Stream.Protocol.SSE, "sse, heartbeat 15s");
        assertThat(StreamingTool.LOKI.habit()).isEqualTo("websocket, no heartbeat, so its page connects again");
        assertThat(StreamingTool.LOKI.paths()).containsExactly("/loki/api/v1/tail");
    }

    @Test
    void a_cookie_lives_a_second_at_least() {
        assertThat(new Cookie("v_1-a", Duration.of("1s")).ttl()).isEqualTo(Duration.of("1s"));
        assertThat(Cookie.named("v").ttl()).isEqualTo(Duration.of("1h"));
        assertRefused(() -> new Cookie("v", Duration.of("999ms")))
                .isEqualTo("ttl: \"999ms\" is shorter than a second; give 1s or more");
        assertRefused(() -> Cookie.named("a b"))
                .isEqualTo("name: \"a b\" is not a cookie's name; use letters, digits, _ and -");
    }

    @Test
    void an_answer_has_a_status_and_a_short_body() {
        assertThat(Respond.status(200).status()).isEqualTo(200);
        assertThat(Respond.status(599).body()).isNull();
        assertRefused(() -> Respond.status(199)).startsWith("status: \"199\" is not between 200 and 599");
        assertRefused(() -> Respond.status(600)).startsWith("status: \"600\" is not between 200 and 599");
        assertThat(new Respond(503, "x".repeat(4096)).body()).hasSize(4096);
        assertRefused(() -> new Respond(503, "x".repeat(4097))).startsWith("body: has 4097 bytes");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void a_redirect_has_a_status_that_envoy_knows(int code) {
        assertThat(new Redirect(null, null, "/x", null, code).code()).isEqualTo(code);
        assertThat(new Redirect(null, null, "/x", null, null).code()).isEqualTo(301);
        assertRefused(() -> new Redirect(null, null, "x", null, code))
                .isEqualTo("path: \"x\" does not begin with /; put / in front");
    }

    @Test
    void mirrors_copy_all_unless_they_say_otherwise() {
        assertThat(Mirror.to("shadow").percent()).isEqualTo(Percent.of(100));
        assertThat(Retries.Condition.SERVER_ERROR.word()).isEqualTo("5xx");
    }

    @Test
    void a_limit_of_a_pod_counts_in_50ms_or_more() {
        assertThat(new RateLimit(null, 1, Duration.of("50ms"), 1).burst()).isEqualTo(1);
        assertThat(new RateLimit(null, 1_000_000, null, null).interval()).isEqualTo(Duration.of("1s"));
        assertRefused(() -> new RateLimit(null, 1, Duration.of("49ms"), null))
                .isEqualTo("interval: \"49ms\" is shorter than Envoy counts; give 50ms or more");
        assertRefused(() -> new RateLimit(null, 0, null, null)).startsWith("requests: \"0\" is not between 1 and");
        assertRefused(() -> new RateLimit(null, 1_000_001, null, null)).startsWith("requests: ");
    }

    @Test
    void an_analysis_looks_back_over_two_samples() {
        assertThat(Analysis.defaults().firstResult()).isEqualTo(Duration.of("3m"));
        assertThat(analysis(1.0, "1m", "10s", 10).latencyRatio()).isEqualTo(1);
        assertThat(analysis(100.0, "1m", "10s", 0).failureLimit()).isZero();
        assertRefused(() -> analysis(0.9, "1m", "10s", 0))
                .isEqualTo("latencyRatio: \"0.9\" is not between 1 and 100; give a multiple such as 1.5");
        assertRefused(() -> analysis(100.1, "1m", "10s", 0)).startsWith("latencyRatio: ");
        assertRefused(() -> analysis(1.5, "59s", "10s", 0))
                .isEqualTo("window: \"59s\" holds too few samples for a rate; give 1m or more");
        assertRefused(() -> analysis(1.5, "1m", "9s", 0))
                .isEqualTo("interval: \"9s\" is shorter than the metrics change; give 10s or more");
        assertRefused(() -> analysis(1.5, "1m", "10s", 11)).startsWith("failureLimit: \"11\" is not between 0 and 10");
    }

    private static Analysis analysis(double ratio, String window, String interval, int failures) {
        return new Analysis(null, null, ratio, Duration.of(window), Duration.of(interval), failures, null);
    }

    private static CircuitBreaker breaker(
            Integer all, Integer gateway, Duration interval, Duration ejection, Integer max) {
        return new CircuitBreaker(null, all, gateway, interval, ejection, max, null, null);
    }
}
