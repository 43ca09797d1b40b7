package io.meshwright.house.platform;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.environment.MergedYaml;
import io.meshwright.house.Rendering;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secret values come from the store that the file names, or sealed from the repository, and never from Git in plain.
 */
class StoresTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Path RESOURCES = Path.of("test/resources");
    private static String base;
    private static List<JsonNode> stores;

    @TempDir
    Path home;

    @BeforeAll
    static void reads_the_fixtures() throws IOException {
        base = Files.readString(RESOURCES.resolve("agreement/base.yaml"));
        try (MappingIterator<JsonNode> documents = YAML.readerFor(JsonNode.class)
                .readValues(RESOURCES.resolve("environments/stores.yaml").toFile())) {
            stores = documents.readAll();
        }
    }

    @Test
    void are_admitted_by_api_server_and_checks() throws IOException {
        for (int i = 0; i < stores.size(); i++) {
            assertThat(Checks.run(Rendering.read(objects(i)), Optional.empty()).all())
                    .extracting(Object::toString)
                    .filteredOn(finding -> finding.startsWith("gateway/") || finding.startsWith("secrets/"))
                    .isEmpty();
        }
    }

    @Test
    void aws_is_read_with_a_role_by_irsa() throws IOException {
        SortedMap<String, String> objects = objects(0);

        assertThat(read(objects, "secrets/ClusterSecretStore/secrets-manager"))
                .hasJson("/spec/conditions", "[{namespaces: ['istio-system', 'shop']}]")
                .hasJson("/spec/provider/aws", """
                    {service: 'SecretsManager', region: 'eu-central-1',
                     auth: {jwt: {serviceAccountRef: {name: 'secrets-manager', namespace: 'external-secrets'}}}}\
                    """);
        assertThat(read(objects, "secrets/ServiceAccount/external-secrets.secrets-manager"))
                .has("/metadata/annotations/eks.amazonaws.com~1role-arn", "arn:aws:iam::111122223333:role/shop/secrets")
                .has("/automountServiceAccountToken", false);
        assertThat(read(objects, "secrets/ExternalSecret/shop.database"))
                .hasJson("/spec/secretStoreRef", "{kind: 'ClusterSecretStore', name: 'secrets-manager'}")
                .has("/spec/data/0/remoteRef/key", "shop/database")
                .has("/spec/data/0/remoteRef/property", "password")
                .has("/spec/data/1/remoteRef/property", "username");
        assertThat(read(objects, "gateway/ExternalSecret/istio-system.edge"))
                .has("/spec/secretStoreRef/name", "secrets-manager")
                .has("/spec/data/0/remoteRef/key", "shop/edge")
                .lacks("/spec/data/0/remoteRef/property");
        assertThat(read(objects, "gateway/ExternalSecret/istio-system.edge-cacert"))
                .has("/spec/secretStoreRef/name", "secrets-manager")
                .has("/spec/data/0/remoteRef/key", "shop/clients");
    }

    @Test
    void aws_is_read_by_pod_identity_of_the_operator_where_no_role_is_named() throws IOException {
        SortedMap<String, String> objects = objects(1);

        assertThat(read(objects, "secrets/ClusterSecretStore/secrets-manager"))
                .hasJson("/spec/provider/aws", "{service: 'SecretsManager', region: 'us-gov-west-1'}");
        assertThat(objects).doesNotContainKey("secrets/ServiceAccount/external-secrets.secrets-manager");
    }

    @Test
    void google_is_read_with_workload_identity() throws IOException {
        assertThat(read(objects(2), "secrets/ClusterSecretStore/secret-manager"))
                .hasJson("/spec/provider/gcpsm", """
                    {projectID: 'shop-prod', auth: {workloadIdentity:
                      {serviceAccountRef: {name: 'secret-manager', namespace: 'external-secrets'}}}}\
                    """);
        assertThat(read(objects(2), "secrets/ServiceAccount/external-secrets.secret-manager"))
                .has(
                        "/metadata/annotations/iam.gke.io~1gcp-service-account",
                        "secrets@shop-prod.iam.gserviceaccount.com");
        assertThat(read(objects(3), "secrets/ServiceAccount/external-secrets.secret-manager"))
                .lacks("/metadata/annotations");
        assertThat(read(objects(3), "secrets/ExternalSecret/shop.registry"))
                .has("/spec/target/template/type", "kubernetes.io/dockerconfigjson");
    }

    @Test
    void vault_is_read_with_tokens_of_a_service_account() throws IOException {
        SortedMap<String, String> objects = objects(4);

        assertThat(read(objects, "secrets/ClusterSecretStore/vault")).hasJson("/spec/provider/vault", """
                    {server: 'https://vault.example.org:8200', path: 'kv/shop', version: 'v1', namespace: 'platform/shop',
                     caProvider: {type: 'Secret', name: 'corp-ca', key: 'ca.crt', namespace: 'external-secrets'},
                     auth: {kubernetes: {mountPath: 'kubernetes/shop', role: 'shop',
                       serviceAccountRef: {name: 'vault', namespace: 'external-secrets'}}}}\
                    """);
        assertThat(objects).containsKey("secrets/ServiceAccount/external-secrets.vault");
        assertThat(objects.keySet()).noneMatch(name -> name.startsWith("secrets/NetworkPolicy"));
        assertThat(read(objects, "gateway/ExternalSecret/istio-system.edge"))
                .has("/spec/data/0/remoteRef/key", "edge")
                .has("/spec/data/0/remoteRef/property", "pem");
    }

    @Test
    void vault_in_a_guarded_namespace_lets_the_operator_in_by_the_port_of_its_pods() throws IOException {
        assertThat(read(objects(5), "secrets/ClusterSecretStore/vault"))
                .has("/spec/provider/vault/path", "secret")
                .has("/spec/provider/vault/version", "v2")
                .has("/spec/provider/vault/auth/kubernetes/mountPath", "kubernetes");
        assertThat(read(objects(5), "secrets/NetworkPolicy/vault.external-secrets-to-vault"))
                .hasJson("/spec/podSelector", "{matchLabels: {'app.kubernetes.io/name': 'vault'}}")
                .hasJson("/spec/ingress", """
                    [{from: [{namespaceSelector: {matchLabels: {'kubernetes.io/metadata.name': 'external-secrets'}},
                              podSelector: {matchLabels: {'app.kubernetes.io/name': 'external-secrets'}}}],
                      ports: [{port: 8201, protocol: 'TCP'}]}]\
                    """);
        assertThat(read(objects(6), "secrets/NetworkPolicy/openbao.external-secrets-to-openbao"))
                .hasJson("/spec/podSelector", "{}")
                .has("/spec/ingress/0/ports/0/port", 8200);
    }

    @Test
    void nobody_lets_the_operator_in_where_nothing_is_denied() throws IOException {
        assertThat(Rendering.objects(MergedYaml.of(
                                MergedYaml.of(base, YAML.writeValueAsString(stores.get(6))),
                                "istio: {authorization: DRY_RUN}"))
                        .keySet())
                .noneMatch(name -> name.startsWith("secrets/NetworkPolicy"));
    }

    @Test
    void sealed_secrets_of_a_folder_give_what_they_hold() throws IOException {
        Files.createDirectories(home.resolve("environments/sealed"));
        Files.writeString(home.resolve("environments/shop.yaml"), MergedYaml.of(base, """
                namespaces: {sealed-secrets: {inject: false}}
                gateway:
                  listeners: [{port: 443, protocol: HTTPS, hosts: ["*.example.org"], tls: {credentialName: edge, mode: MUTUAL}}]
                services: {web: {container: {envFrom: [{secretRef: web-keys}]}}}
                charts:
                  sealed-secrets: {repository: "https://charts.example.org/stable", chart: sealed-secrets, version: 2.17.3, namespace: sealed-secrets, wave: operators}
                manifests: [{path: sealed, kinds: [bitnami.com/SealedSecret]}]
                """));
        Files.writeString(
                home.resolve("environments/sealed/secrets.yaml"),
                String.join(
                        "---\n",
                        sealed("istio-system", "edge", "tls.crt", "tls.key"),
                        sealed("istio-system", "edge-cacert", "ca.crt"),
                        sealed("monitoring", "slack", "url"),
                        sealed("shop", "web-keys", "key")));

        Fixtures.Run synth = Fixtures.synth(home);
        assertThat(synth.code()).as(synth.printed()).isZero();
        assertThat(synth.printed()).doesNotContain("MESH");
        assertThat(home.resolve("dist/shop/sealed/sealedsecret.shop.web-keys.yaml"))
                .content()
                .contains("encryptedData");
        Path file = home.resolve("environments/shop.yaml");
        assertThat(Fixtures.page(file, "secrets/shop.md"))
                .contains(
                        "| Gateway edge | SealedSecret edge |",
                        "| Deployment web | SealedSecret web-keys |",
                        "| SealedSecret slack |")
                .doesNotContain("create secret tls", "web-keys --from", "generic slack");
        assertThat(Fixtures.page(file, "monitoring/shop.md")).doesNotContain("generic slack");
    }

    private static String sealed(String namespace, String name, String... keys) {
        StringBuilder text = new StringBuilder("""
                apiVersion: bitnami.com/v1alpha1
                kind: SealedSecret
                metadata: {name: %s, namespace: %s}
                spec:
                  encryptedData:
                """.formatted(name, namespace));
        for (String key : keys) {
            text.append("    %s: AgBy3i4OJSWK\n".formatted(key));
        }
        return text.toString();
    }

    private static JsonNode read(SortedMap<String, String> objects, String name) throws IOException {
        assertThat(objects).containsKey(name);
        return YAML.readTree(objects.get(name));
    }

    private static SortedMap<String, String> objects(int store) throws IOException {
        return Rendering.objects(MergedYaml.of(base, YAML.writeValueAsString(stores.get(store))));
    }
}
