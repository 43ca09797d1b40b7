package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What releases and routes must never say is refused, each in the very words that a person reads. */
class PromisedRefusalsTest {
    private static final String CANARY = """
            release:
              type: canary
              versions:
                - {name: v1, weight: 90}
                - {name: v2, weight: 10, image: "buildingbite.azurecr.io/user-service:1.9.0"}
              override: {header: canary, value: "true", to: v2}
        """;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        weights that do not sum to 100 | {name: v1, weight: 90} | {name: v1, weight: 80} | services.user-service.release.versions: the weights add up to "90"; make them add up to 100
        a subset that no version makes | value: "true", to: v2} | value: "true", to: v3} | services.user-service.release.override.to: "v3" is none of the versions; name one of versions
        a timeout on a streaming route | stream: sse}           | stream: sse, timeout: 5s} | services.sangsang-plus-gateway.routes[0].timeout: "5s" would cut every stream off at that age; remove it; a stream has no response timeout
        retries on a streaming route   | stream: sse}           | stream: sse, retries: {attempts: 1}} | services.sangsang-plus-gateway.routes[0].retries: cannot repeat a stream that the client has begun to read; remove them
        a beat that Cloudflare does not wait for | stream: sse} | stream: {protocol: sse, heartbeat: 2m}} | services.sangsang-plus-gateway.routes[0].stream.heartbeat: "2m" is not shorter than 1m40s, after which Cloudflare closes a quiet stream; let the application send something more often, and say how often
        retries on POST                | {host: buildingbite.com, prefix: /} | {host: buildingbite.com, prefix: /, match: {methods: [POST]}, retries: {attempts: 1}} | services.frontend.routes[0].retries: would send [POST] twice; set retries.idempotent: true if the service takes that, or remove them
        an HPA with what KEDA needs    | scale: {replicas: 3}   | scale: {autoscale: {type: hpa, maxReplicas: 5, requestsPerSecond: 20}} | services.sangsang-plus-gateway.scale.autoscale.requestsPerSecond: is unknown; remove it, or use one of minReplicas, maxReplicas, cpu; it goes with type: keda
        zones that nothing follows     | locality: {enabled: false} | locality: {enabled: true} | resilience.locality: does nothing while istio.circuitBreakers is false, because failing pods are never noticed; switch the circuit breakers on, use distribute, or set locality.enabled: false until then
        the same of one service        | loadBalancer: {simple: LEAST_REQUEST} | locality: {failover: [{from: a, to: b}]} | services.sangsang-plus-gateway.resilience.locality: does nothing while istio.circuitBreakers is false, because failing pods are never noticed; switch the circuit breakers on, use distribute, or set locality.enabled: false until then
        a route to what is refused     | {host: oauth.buildingbite.com, prefix: /} | {host: oauth.buildingbite.com, prefix: /actuator/health} | services.sangsang-plus-gateway.routes[1].prefix: "/actuator/health" is a management endpoint, which the gateway refuses on host oauth.buildingbite.com; remove the route, or set gateway.hosts["oauth.buildingbite.com"].actuator: open, which opens all of them
        an answer for no route         | `  hosts:\n    oauth` | `  hosts:\n    monitoring.buildingbite.com: {actuator: refused}\n    oauth` | gateway.hosts["monitoring.buildingbite.com"].actuator: decides about no route, because no service has one on this host; remove it
        two owners of one path         | host: app.buildingbite.com, prefix: / | host: oauth.buildingbite.com, prefix: / | services.frontend.routes[1].prefix: "/" of host oauth.buildingbite.com belongs to sangsang-plus-gateway already; give it to one of them, or give one a longer path
        """)
    void is_refused(String what, String right, String wrong, String told) throws IOException {
        assertThat(refusal("azure", right, wrong)).isEqualTo(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        of a host  | gateway:       | hosts: {"*": {restrict: [{prefix: /a, from: [203.0.113.0/24]}]}} | gateway.hosts.*.restrict[0].from
        of a tool  | observability: | hosts: {grafana: tools.example.org}; access: {from: [203.0.113.0/24]} | observability.access.from
        of Argo CD | delivery:      | host: cd.example.org; access: {from: [203.0.113.0/24]} | delivery.access.from
        """)
    void addresses_tell_nobody_apart_where_every_node_passes_connections_on(
            String what, String block, String added, String key) throws IOException {
        String keys = "\n%s\n  %s\n".formatted(block, added.replace("; ", "\n  "));

        assertThat(refusal("egov", "\n%s\n".formatted(block), keys))
                .isEqualTo(
                        "%s: cannot tell clients apart, because every node passes connections on under its own address; "
                                .formatted(key)
                                .concat("let the balancer ask each node's port and set"
                                        + " cluster.platform.nodePorts.healthChecked: true, or remove it"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        an HPA and a ScaledObject      | `      autoscale: {type: hpa, maxReplicas: 5}\n      autoscale: {type: keda, maxReplicas: 5, requestsPerSecond: 20}\n` | services.user-service.scale.autoscale: is given twice, first in line 103; keep one of them
        """)
    void two_autoscalers_are_refused(String what, String autoscalers, String told) throws IOException {
        String scaled = "    scale:\n%s".formatted(autoscalers.replace("\\n", "\n"));

        assertThat(refusal(
                                "azure",
                                "    scale: {replicas: 2}\n    allowFrom: [sangsang-plus-gateway]\n    release:\n",
                                "%s    allowFrom: [sangsang-plus-gateway]\n    release:\n".formatted(scaled))
                        .replaceFirst("line \\d+", "line 103"))
                .isEqualTo(told);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        one version         | [{name: v1}]             | v1 | services.user-service.release.versions: has 1 entries; give exactly two
        an unknown active   | [{name: v1}, {name: v2}] | v3 | services.user-service.release.active: "v3" is none of the versions; name one of versions
        """)
    void blue_green_is_refused_with(String what, String versions, String active, String told) throws IOException {
        String release = "    release: {type: blueGreen, versions: %s, active: %s}\n".formatted(versions, active);

        assertThat(refusal("azure", CANARY, release)).isEqualTo(told);
    }

    /** The one thing that is told, without its place, which every problem has. */
    private static String refusal(String environment, String right, String wrong) throws IOException {
        String file = Rendering.file(environment);
        assertThat(file).contains(right);
        byte[] changed = file.replaceFirst(
                        java.util.regex.Pattern.quote(right), java.util.regex.Matcher.quoteReplacement(wrong))
                .getBytes(StandardCharsets.UTF_8);
        Reading<Environment> reading = EnvironmentReader.read("file.yaml", changed);
        assertThat(reading).isInstanceOf(Reading.Refused.class);
        String told = ((Reading.Refused<Environment>) reading).problems().get(0).toString();
        assertThat(told).matches("(?s)file\\.yaml:\\d+:\\d+ .*");
        return told.substring(told.indexOf(' ') + 1);
    }
}
