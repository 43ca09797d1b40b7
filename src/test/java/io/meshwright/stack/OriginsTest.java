package io.meshwright.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.Fixtures;
import io.meshwright.environment.Environment;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading.Accepted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        homelab | services/web-service/callers/Resource | it denies | services.web-service
        homelab | services/connections-was-service/Resource | it breaks | services.was-service
        homelab | services/rollout-web-service/analysis/Resource | it breaks | services.web-service
        homelab | services/routes-blog-jiminhome-shop/Resource | a route leads nowhere | services.web-service.routes[0]
        azure | services/routes-oauth-buildingbite-com/Resource | leads to keycloak/keycloak in vain | services.keycloak.routes[0]
        azure | services/routes-oauth-buildingbite-com/Resource | leads to keycloak/keycloak-x | services.sangsang-plus-gateway.routes[0]
        homelab | services/guard-blog-system/default-deny | from the gateway to Deployment blog-system/was on port 8080 | services.was-service
        homelab | services/guard-blog-system/default-deny | denies everything | namespaces.blog-system
        azure | services/egress/buildingbite-ai-openai-azure-com/Resource | nobody sees it | externals.openai
        azure | gateway/certificate-oauth-buildingbite-com-tls/Resource | has no key | gateway.listeners[0].tls
        azure | gateway/addresses-oauth-buildingbite-com-0/Resource | refuses all | gateway.hosts["oauth.buildingbite.com"]
        homelab | gateway/addresses-tools/Resource | refuses all | observability.access
        homelab | gateway/routes-argocd-jiminhome-shop/Resource | leads nowhere | delivery.host
        homelab | mesh/mtls/namespace-blog-system | is weaker | namespaces.blog-system.mtls
        azure | mesh/mtls/except-default-sangsang-plus-gateway | is weaker | istio.exceptions
        egov | mesh/telemetry-egov-apps-telemetry/Resource | names nobody | istio.telemetry.namespaces.egov-apps-telemetry
        homelab | load-balancer/pools/pool-local-pool | overlaps | cluster.platform
        azure | healing/evictPod/workload/Resource | may do more | aiOps.healing.evictPod
        azure | healing/ground/switch | is unknown | aiOps.healing
        """)
    void of_an_object_are_the_keys_that_decided_it(String file, String construct, String message, String key) {
        assertThat(Origins.of(environment(file), construct, message).map(Object::toString))
                .contains(key);
    }

    @Test
    void an_authorizer_is_asked_for_a_host() throws IOException {
        String file = MergedYaml.of(
                Files.readString(Path.of("test/resources/agreement/base.yaml")),
                Files.readString(Fixtures.ENVIRONMENTS.resolve("guards.yaml")));

        assertThat(Origins.of(read(file), "gateway/authorizer-guarded-example-org/Resource", "")
                        .map(Object::toString))
                .contains("gateway.hosts[\"guarded.example.org\"]");
    }

    @Test
    void are_known_of_every_object() throws IOException {
        for (String name : Fixtures.names()) {
            var inventory = new ObjectMapper()
                    .readTree(Fixtures.dist()
                            .resolve(name)
                            .resolve("inventory.json")
                            .toFile());
            var keys = new TreeMap<String, TreeSet<String>>();
            inventory.path("files").forEach(file -> {
                String construct = file.path("construct").asText();
                String key = Origins.of(environment(name), construct, "")
                        .map(Object::toString)
                        .orElse("none");
                keys.computeIfAbsent(construct.replaceFirst("/.*", ""), chart -> new TreeSet<>())
                        .add(key);
            });

            assertThat(keys.values()).noneMatch(found -> found.contains("none"));
            assertThat(keys.get("services")).allMatch(key -> key.matches("(services|namespaces|externals)\\..+"));
        }
    }

    @Test
    void are_unknown_of_what_no_construct_made() {
        assertThat(Origins.of(environment("egov"), "", "it breaks")).isEmpty();
    }

    private static Environment environment(String name) {
        return read(Fixtures.file(name));
    }

    private static Environment read(String file) {
        var reading = EnvironmentReader.read("file.yaml", file.getBytes(StandardCharsets.UTF_8));
        return ((Accepted<Environment>) reading).value();
    }
}
