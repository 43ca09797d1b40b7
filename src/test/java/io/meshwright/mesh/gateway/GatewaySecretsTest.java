package io.meshwright.mesh.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Meshes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewaySecretsTest {
    private static GatewaySecrets secrets(String... documents) {
        return Meshes.of(documents).gatewaySecrets();
    }

    /** Keys of the Secret edge/a, as far as what makes it tells them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "apiVersion: v1, kind: Secret | data: {tls.crt: eA==}, stringData: {tls.key: x} | tls.crt,tls.key",
                "apiVersion: bitnami.com/v1alpha1, kind: SealedSecret"
                        + " | spec: {encryptedData: {a: x}, template: {data: {b: y}}} | a,b",
                "apiVersion: external-secrets.io/v1, kind: ExternalSecret"
                        + " | spec: {data: [{secretKey: a}, {secretKey: b}]} | a,b",
                "apiVersion: external-secrets.io/v1, kind: ExternalSecret"
                        + " | spec: {data: [{secretKey: a}], target: {template: {data: {c: x}}}} | c",
                "apiVersion: external-secrets.io/v1, kind: ExternalSecret | spec: {dataFrom: [{extract: {key: x}}]} | ",
                "apiVersion: cert-manager.io/v1, kind: Certificate"
                        + " | spec: {secretName: a, issuerRef: {name: acme, kind: ClusterIssuer}} | tls.crt,tls.key",
                "apiVersion: cert-manager.io/v1, kind: Certificate"
                        + " | spec: {secretName: a, issuerRef: {name: acme}} | ",
                "apiVersion: cert-manager.io/v1, kind: Certificate"
                        + " | spec: {secretName: a, issuerRef: {name: ca, kind: ClusterIssuer}} | "
            })
    void what_makes_a_secret_tells_its_keys(String type, String spec, String keys) {
        GatewaySecrets secrets = secrets(
                "{%s, metadata: {name: a, namespace: edge}, %s}".formatted(type, spec),
                "{apiVersion: cert-manager.io/v1, kind: ClusterIssuer, metadata: {name: acme}, spec: {acme: {server: x}}}",
                "{apiVersion: cert-manager.io/v1, kind: ClusterIssuer, metadata: {name: ca}, spec: {ca: {secretName: x}}}");

        assertThat(secrets.has("edge", "a")).isTrue();
        assertThat(secrets.keys("edge", "a").map(found -> String.join(",", found)))
                .isEqualTo(java.util.Optional.ofNullable(keys));
        assertThat(secrets.keys("shop", "a")).isEmpty();
    }

    @Test
    void a_secret_is_lacking_where_others_of_its_namespace_or_of_its_name_are_told() {
        GatewaySecrets secrets = secrets("{apiVersion: v1, kind: Secret, metadata: {name: a, namespace: edge}}");

        assertThat(secrets.lack("edge", "a")).isFalse();
        assertThat(secrets.lack("edge", "b")).isTrue();
        assertThat(secrets.lack("shop", "a")).isTrue();
        assertThat(secrets.lack("shop", "b")).isFalse();
        assertThat(secrets("").tellOf("edge", "a")).isFalse();
    }

    @Test
    void certificates_that_are_written_into_one_secret_are_known() {
        String certificate =
                "{apiVersion: cert-manager.io/v1, kind: Certificate, metadata: {name: %s, namespace: edge}, spec: {secretName: %s}}";
        GatewaySecrets secrets = secrets(
                certificate.formatted("one", "a"),
                certificate.formatted("two", "a"),
                certificate.formatted("three", "b"));

        assertThat(secrets.certificates("edge", "a")).extracting(Manifest::name).containsExactly("one", "two");
        assertThat(secrets.certificates("shop", "a")).isEmpty();
    }
}
