package io.meshwright.house;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.environment.MergedYaml;
import io.meshwright.environment.agreement.EnvironmentReader;
import io.meshwright.environment.reader.Reading.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Charts of others are Applications of the environment's project, whole in version and without secrets. */
class ForeignChartsTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String VALKEY = """
        charts:
          valkey:
            repository: https://charts.example.org/stable
            chart: valkey
            version: 2.4.1
            namespace: shop
            values: {auth: {existingSecret: valkey}, replicas: 3}
            kinds: [coordination.k8s.io/LeaseCandidate]
            clusterKinds: [scheduling.k8s.io/PriorityClass]
        services:
          valkey:
            namespace: shop
            ports: [{name: redis, port: 6379, protocol: redis}]
            workload: {type: existing, labels: {app.kubernetes.io/name: valkey}, service: existing}
            allowFrom: [api]
        """;

    @Test
    void are_installed_pinned_in_their_wave_and_admitted_by_the_project() throws IOException {
        SortedMap<String, String> objects = Rendering.objects(file(VALKEY));
        JsonNode application = YAML.readTree(objects.get("argocd/Application/valkey"));

        assertThat(application)
                .has("/spec/source/repoURL", "https://charts.example.org/stable")
                .has("/spec/source/targetRevision", "2.4.1")
                .hasJson("/spec/source/helm/valuesObject", "{auth: {existingSecret: 'valkey'}, replicas: 3}")
                .has("/spec/destination/namespace", "shop")
                .has("/metadata/annotations/argocd.argoproj.io~1sync-wave", "110");
        assertThat(objects.get("argocd/AppProject/shop"))
                .contains("https://charts.example.org/stable", "kind: LeaseCandidate", "kind: PriorityClass");
        assertThat(objects.get("services/NetworkPolicy/shop.valkey-callers"))
                .contains("app.kubernetes.io/name: valkey", "app: api");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        version: ">=2"                         | version: ">=2" is not one version; write a whole one, such as 19.6.4
        repository: oci://ghcr.io/example      | repository: "oci://ghcr.io/example" is no repository of charts
        repository: https://me:pass@charts.org | is no repository of charts
        values: {auth: {rootPassword: hunter2}} | values.auth.rootPassword: is a password, and everybody reads it here
        values: {hosts: ["redis://a:hunter2@b"]} | values.hosts[0]: is a password, and everybody reads it here
        kinds: [argoproj.io/Application]       | kinds[0]: "argoproj.io/Application" would decide what Argo CD delivers
        clusterKinds: [namespaces]             | clusterKinds[0]: "namespaces" is no kind
        """)
    void are_refused_where_nobody_should_install_them(String key, String told) throws IOException {
        byte[] bytes = file("%scharts: {valkey: {%s}}".formatted("", key)).getBytes(StandardCharsets.UTF_8);

        assertThat(((Refused<?>) EnvironmentReader.read("shop.yaml", bytes)).problems())
                .singleElement()
                .asString()
                .contains("charts.valkey.", told)
                .doesNotContain("hunter2");
    }

    private static String file(String patch) throws IOException {
        return MergedYaml.of(
                MergedYaml.of(Files.readString(Path.of("test/resources/agreement/base.yaml")), VALKEY), patch);
    }
}
