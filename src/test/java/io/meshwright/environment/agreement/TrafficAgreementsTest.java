package io.meshwright.environment.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.gateway.HostsServedByGateway;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.route.ClaimsVerified;
import io.meshwright.environment.agreement.route.CookiesFromBrowsers;
import io.meshwright.environment.agreement.route.PathsHaveOneOwner;
import io.meshwright.environment.agreement.route.StreamsKeepTheirPool;
import io.meshwright.environment.agreement.route.TriesWithinTimeout;
import io.meshwright.environment.agreement.service.BreakersTakeOutPods;
import io.meshwright.environment.agreement.service.HashesKeepVersions;
import io.meshwright.environment.reader.Reading;
import io.meshwright.environment.reader.RecordReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficAgreementsTest {
    /** Those that look at routes, releases and resilience; the callers of these samples are not declared. */
    private static final List<Agreement> TRAFFIC = List.of(
            new HostsServedByGateway(),
            new BreakersTakeOutPods(),
            new HashesKeepVersions(),
            new StreamsKeepTheirPool(),
            new TriesWithinTimeout(),
            new ClaimsVerified(),
            new PathsHaveOneOwner(),
            new CookiesFromBrowsers());

    private static final String GATEWAY = """
        apiVersion: meshwright.io/v1
        kind: Environment
        metadata: {name: sample, description: a sample}
        cluster: {kubernetes: "1.33", platform: {type: onPremises, storageClass: local-path}}
        istio: {version: 1.30.5}
        namespaces: {shop: {}}
        observability: {alerts: {slackWebhook: slack/url, critical: "#alerts", warning: "#notices"}}
        delivery: {repository: "https://git.example.org/platform.git"}
        gateway:
          name: edge
          namespace: shop
          listeners: [{port: 80, protocol: HTTP, hosts: ["*.example.org"]}]
          hosts: {secure.example.org: {jwt: {issuer: "https://id.example.org", jwksUri: "https://id.example.org/keys", enabled: true}}}
        services:
        """;
    private static final String SERVICE = """
          %s:
            namespace: shop
            ports: [{name: http, port: 80}]
            container:
              image: docker.io/library/nginx:1.29.1
              resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {memory: 32Mi}}
        """;

    @Test
    void accepts_paths_that_different_services_own() {
        assertThat(refusals(
                        service("web", "routes: [{host: a.example.org, prefix: /}]"),
                        service("api", "routes: [{host: a.example.org, prefix: /api}, {host: api, prefix: /}]")))
                .isEmpty();
    }

    @Test
    void refuses_two_owners_of_one_host_and_path() {
        assertThat(refusals(
                        service("web", "routes: [{host: a.example.org, prefix: /api}]"),
                        service("api", "routes: [{host: a.example.org, prefix: /api/}]")))
                .containsExactly(
                        "services.api.routes[0].prefix: \"/api\" of host a.example.org belongs to web already; "
                                + "give it to one of them, or give one a longer path");
    }

    @Test
    void refuses_a_circuit_breaker_that_takes_out_nothing() {
        assertThat(refusals(service(
                        "web", "scale: {replicas: 3}", "resilience: {circuitBreaker: {maxEjectionPercent: 10}}")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith(
                        "services.web.resilience.circuitBreaker.maxEjectionPercent: \"10\" takes out none of 3 pods");
    }

    @Test
    void refuses_tries_of_the_service_that_do_not_fit_the_timeout_of_a_route() {
        assertThat(refusals(service(
                        "web",
                        "resilience: {retries: {attempts: 2, perTryTimeout: 2s}}",
                        "routes: [{host: a.example.org, prefix: /, timeout: 6s}, {host: a.example.org,"
                                + " prefix: /quick, timeout: 5s}]")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("services.web.resilience.retries.perTryTimeout: \"2s\" for the first try and 2 more")
                .contains("longer than the timeout 5s of services.web.routes[1];");
    }

    @Test
    void lets_a_claim_decide_only_where_tokens_are_verified() {
        String byClaim =
                "release: {type: abTest, by: {claim: group}, versions: [{name: v1}, {name: v2, groups: [beta]}]}";

        assertThat(refusals(service("web", "routes: [{host: secure.example.org, prefix: /}]", byClaim)))
                .isEmpty();
        assertThat(refusals(service("web", "routes: [{host: a.example.org, prefix: /}]", byClaim)))
                .containsExactly(
                        "services.web.release.by.claim: decides by a token that nobody verifies on host a.example.org; "
                                + "declare gateway.hosts.a.example.org.jwt, or decide by a header or cookie");
        assertThat(refusals(service(
                        "web",
                        "routes: [{host: secure.example.org, prefix: /}]",
                        "allowFrom: [gateway, api]",
                        byClaim)))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("services.web.release.by.claim: cannot decide for callers in the mesh");
    }

    @Test
    void refuses_a_cookie_for_callers_that_keep_none() {
        String sticky =
                "release: {type: canary, versions: [{name: v1, weight: 90}, {name: v2, weight: 10}], sticky: {cookie:"
                        + " version}}";

        assertThat(refusals(service("web", sticky, "allowFrom: [gateway]"))).isEmpty();
        assertThat(refusals(service("web", sticky, "allowFrom: [api]")))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("services.web.release.sticky: needs callers that keep cookies");
    }

    @Test
    void refuses_a_preview_host_that_no_listener_covers() {
        String release = "release: {type: blueGreen, versions: [{name: b}, {name: g}], active: b, previewHost: %s}";
        String routes = "routes: [{host: web.example.org, prefix: /}]";

        assertThat(refusals(service("web", release.formatted("preview.example.org"), routes)))
                .isEmpty();
        assertThat(refusals(service("web", release.formatted("preview.example.com"), routes)))
                .containsExactly(
                        "services.web.release.previewHost: \"preview.example.com\" is on no listener of the gateway; "
                                + "add it to the hosts of a gateway listener");
    }

    private static String service(String name, String... keys) {
        StringBuilder yaml = new StringBuilder(SERVICE.formatted(name));
        List.of(keys).forEach(key -> yaml.append("    ").append(key).append('\n'));
        return yaml.toString();
    }

    private static List<String> refusals(String... services) {
        byte[] file = GATEWAY.concat(String.join("", services)).getBytes(StandardCharsets.UTF_8);
        Reading<Environment> reading = RecordReader.read("sample.yaml", file, Environment.class);
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        Environment environment = ((Reading.Accepted<Environment>) reading).value();
        return TRAFFIC.stream()
                .flatMap(agreement -> agreement.refusals(environment).stream())
                .map(Exception::getMessage)
                .toList();
    }
}
