package io.meshwright.check.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.check.cel.Language;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.terms.IstioVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CelRulesTest {
    private static String text(String name) throws IOException {
        try (InputStream in = CelRulesTest.class.getResourceAsStream("/crds/".concat(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void rules(JsonNode schema, Set<String> rules) {
        schema.path("x-kubernetes-validations")
                .forEach(rule -> rules.add(rule.path("rule").asText()));
        schema.forEach(child -> rules(child, rules));
    }

    @Test
    void every_rule_of_every_known_definition_can_be_asked() throws IOException {
        Set<String> rules = new TreeSet<>();
        for (String file : text("index.txt").lines().toList()) {
            for (String definition : text(file).lines().toList()) {
                rules(new ObjectMapper().readTree(definition.substring(definition.indexOf('\t'))), rules);
            }
        }
        // What an object was before has no answer in a file.
        rules.removeIf(rule -> rule.contains("oldSelf"));

        assertThat(rules).hasSizeGreaterThan(100);
        assertThat(rules)
                .allSatisfy(rule -> assertThat(Language.program(rule)).as(rule).isPresent());
    }

    private static final String ISTIO = "apiVersion: networking.istio.io/v1, ";
    private static final String SECURITY = "apiVersion: security.istio.io/v1, ";
    private static final String GATEWAY_API = "apiVersion: gateway.networking.k8s.io/v1, ";

    private static List<String> objections(String object) {
        Manifest manifest = ManifestReader.of("test.yaml", "{%s}".formatted(object))
                .manifests()
                .all()
                .get(0);
        JsonNode schema =
                new CustomResources(IstioVersion.of("1.26")).schema(manifest).orElseThrow();
        return SchemaWalk.of(schema, manifest.body()).stream()
                .map(Violation::message)
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "kind: Sidecar, spec: {egress: [{hosts: ['*/*']}]}",
                "kind: ServiceEntry, spec: {hosts: [a.example.org], ports: [{number: 80, name: http}], resolution:"
                        + " DNS}",
                "kind: DestinationRule, spec: {host: a, subsets: [{name: v1}]}"
            })
    void what_istio_takes_is_taken(String object) {
        assertThat(objections(ISTIO.concat(object))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '#',
            value = {
                "kind: ServiceEntry, spec: {hosts: ['*'], ports: [{number: 80, name: http}]}",
                "kind: ServiceEntry, spec: {hosts: [a.example.org], ports: [{number: 80, name: http}, {number: 80,"
                        + " name: b}]}",
                "kind: WorkloadEntry, spec: {ports: {http: 80}}"
            })
    void what_istio_refuses_is_refused(String object) {
        assertThat(objections(ISTIO.concat(object))).isNotEmpty();
    }

    @Test
    void a_policy_selects_or_targets_but_not_both() {
        String policy = "kind: AuthorizationPolicy, spec: {%s}";
        String target = "targetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: a}]";

        assertThat(objections(SECURITY.concat(policy.formatted("selector: {matchLabels: {a: b}}"))))
                .isEmpty();
        assertThat(objections(SECURITY.concat(policy.formatted(target)))).isEmpty();
        assertThat(objections(SECURITY.concat(policy.formatted("selector: {matchLabels: {a: b}}, ".concat(target)))))
                .isNotEmpty();
    }

    @Test
    void rules_see_defaults_as_the_api_server_fills_them_in() {
        String route =
                "kind: HTTPRoute, metadata: {name: a}, spec: {parentRefs: [{name: gw%s}], rules: [{filters: [%s]}]}";
        String redirect =
                "{type: RequestRedirect, requestRedirect: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /b}}}";

        // The match that nobody wrote is one of a path prefix, without which a prefix cannot be replaced.
        assertThat(objections(GATEWAY_API.concat(route.formatted("", redirect))))
                .isEmpty();
        assertThat(objections(GATEWAY_API.concat(
                        route.formatted("", redirect.replace("type: RequestRedirect", "type: URLRewrite")))))
                .isNotEmpty();
        assertThat(objections(GATEWAY_API.concat(route.formatted(", sectionName: a}, {name: gw, sectionName: a", ""))))
                .isNotEmpty();
    }
}
