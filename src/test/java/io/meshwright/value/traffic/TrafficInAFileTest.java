package io.meshwright.value.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.reader.Problem;
import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.RecordReader;
import io.meshwright.value.Duration;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Percent;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficInAFileTest {
    @Test
    void reads_a_route_with_conditions_and_actions() {
        Route route = service("""
            routes:
              - host: shop.example.org
                prefix: /api
                match: {methods: [GET, POST], headers: {X-Group: beta, x-any: {present: true}}, queryParams: {v: {regex: "[0-9]+"}}}
                rewrite: {path: /v2}
                headers: {response: {set: {x-served-by: mesh}}}
                mirror: audit
                timeout: 2s
                retries: {attempts: 1}
            """).routes().get(0);

        assertThat(route.path()).isEqualTo(RoutePath.prefix("/api"));
        assertThat(route.match().methods()).containsExactly(HttpMethod.GET, HttpMethod.POST);
        assertThat(route.match().headers())
                .containsEntry("x-group", TextMatch.exact("beta"))
                .containsEntry("x-any", TextMatch.anything());
        assertThat(route.mirror()).isEqualTo(Mirror.to("audit"));
        assertThat(route.retries().perTry(route.timeout())).contains(Duration.of("1s"));
    }

    @Test
    void reads_answers_and_streams_by_one_word() {
        List<Route> routes = service("""
            routes:
              - {host: a.example.org, prefix: /chat, stream: sse}
              - {host: a.example.org, exact: /ping, respond: 204}
              - {host: a.example.org, regex: "/old/.*", redirect: {path: /, code: 308}}
            """).routes();

        assertThat(routes.get(0).stream()).isEqualTo(Stream.of("sse"));
        assertThat(routes.get(1).respond().status()).isEqualTo(204);
        assertThat(routes.get(2).redirect().code()).isEqualTo(308);
    }

    @Test
    void reads_every_way_of_releasing() {
        assertThat(service("release: {type: canary, versions: [{name: v1, weight: 90}, {name: v2, weight: 10}],"
                                + " override: canary}")
                        .release())
                .isEqualTo(Canary.plain(
                        List.of(Canary.Version.of("v1", 90), Canary.Version.of("v2", 10)),
                        HeaderOverride.by("canary")));
        assertThat(service("release: {type: canary, engine: rollouts, steps: [10, {weight: 50, approve: true}]}")
                        .release()
                        .isManaged())
                .isTrue();
        assertThat(service("release: {type: abTest, by: {cookie: group}, versions: [{name: v1}, {name: v2,"
                                + " groups: [beta]}]}")
                        .release())
                .isEqualTo(new AbTest(
                        new AbTest.By(null, "group", null),
                        List.of(AbTest.Version.of("v1"), AbTest.Version.of("v2", "beta"))));
        assertThat(service("release: {type: blueGreen, versions: [{name: blue}, {name: green}], active: green}")
                        .release()
                        .variants())
                .hasSize(2);
        assertThat(service("release: {type: mirror, live: {name: v1}, shadow: {name: v2}, percent: 5}")
                        .release())
                .isEqualTo(new Shadow(Variant.named("v1"), Variant.named("v2"), Percent.of(5)));
    }

    @Test
    void reads_resilience_and_autoscaling() {
        Service service = service("""
            resilience:
              connectionPool: {tcp: {maxConnections: 10}, http: {http1MaxPendingRequests: 10, maxRequestsPerConnection: 2}}
              circuitBreaker: {enabled: false, consecutive5xxErrors: 3, interval: 30s, baseEjectionTime: 30s}
              loadBalancer: {consistentHash: {httpCookie: user}}
            autoscale: {type: keda, maxReplicas: 6, requestsPerSecond: 50, lastWeek: true}
            """);

        assertThat(service.resilience().connectionPool().tcp().maxConnections()).isEqualTo(10);
        assertThat(service.resilience().circuitBreaker().enabled()).isFalse();
        assertThat(service.resilience().loadBalancer().consistentHash().httpCookie())
                .isEqualTo(Cookie.named("user"));
        assertThat(service.autoscale().maxReplicas()).isEqualTo(6);
    }

    @Test
    void names_the_key_that_is_wrong() {
        assertThat(problems("routes:\n  - {host: a.example.org, prefix: /chat, stream: sse, timeout: 30s}\n"))
                .containsExactly("service.yaml:2:55 routes[0].timeout: \"30s\" would cut every stream off at that age; "
                        + "remove it; a stream has no response timeout");
        assertThat(problems("release: {type: canary, versions: [{name: v1, weight: 90}, {name: v2, weight: 11}]}"))
                .containsExactly(
                        "service.yaml:1:25 release.versions: the weights add up to \"101\"; make them add up to 100");
    }

    record Service(List<Route> routes, Resilience resilience, Release release, Autoscale autoscale) {}

    private static Service service(String yaml) {
        Reading<Service> reading = read(yaml);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        return ((Reading.Accepted<Service>) reading).value();
    }

    private static List<String> problems(String yaml) {
        return ((Reading.Refused<Service>) read(yaml))
                .problems().stream().map(Problem::toString).toList();
    }

    private static Reading<Service> read(String yaml) {
        return RecordReader.read("service.yaml", yaml.getBytes(StandardCharsets.UTF_8), Service.class);
    }
}
