package io.meshwright.construct.security;

import static io.meshwright.construct.ManifestAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.construct.Rendered;
import io.meshwright.value.Email;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.CertificateSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatewayCertificateTest {
    private static final ObjectName TLS = ObjectName.of("shop-tls");
    private static final String TENANT = "7c1f5b0e-4a55-4c39-9d7f-0e6e6b6f2a11";

    @Test
    void makes_nothing_where_somebody_makes_the_secret() {
        assertThat(render(CertificateSource.existing()).names()).isEmpty();
    }

    @Test
    void syncs_certificate_and_key_into_the_namespace_of_the_gateways_pods() {
        assertThat(render(CertificateSource.synced(Name.of("key-vault"), "origin"))
                        .named("ExternalSecret istio-system/shop-tls"))
                .hasJson("/spec/secretStoreRef", "{kind: 'ClusterSecretStore', name: 'key-vault'}")
                .hasJson("/spec/data", "[{secretKey: 'pem', remoteRef: {key: 'origin'}}]")
                .has("/spec/target/template/type", "kubernetes.io/tls")
                .has("/spec/target/template/data/tls.crt", "{{ .pem | filterPEM \"CERTIFICATE\" }}")
                .has("/spec/target/template/data/tls.key", "{{ .pem | filterPEM \"PRIVATE KEY\" }}")
                .lacks("/spec/target/template/data/ca.crt");
    }

    @Test
    void syncs_the_ca_of_client_certificates_beside_the_certificate() {
        Rendered rendered = Rendered.of(chart -> ClientAuthority.synced(
                chart, "ca", Shop.GATEWAY, ObjectName.of("shop-tls-cacert"), Name.of("key-vault"), "origin-pull-ca"));

        assertThat(rendered.named("ExternalSecret istio-system/shop-tls-cacert"))
                .hasJson("/spec/data", "[{secretKey: 'ca.crt', remoteRef: {key: 'origin-pull-ca'}}]")
                .has("/spec/target/name", "shop-tls-cacert");
    }

    @Test
    void asks_the_issuer_for_a_certificate_in_the_namespace_of_the_gateways_pods() {
        CertificateSource source = CertificateSource.issued(Name.of("letsencrypt"), List.of(Host.of("*.example.org")));

        assertThat(render(source).named("Certificate istio-system/shop-tls"))
                .has("/spec/secretName", "shop-tls")
                .hasJson("/spec/dnsNames", "['*.example.org']")
                .hasJson("/spec/issuerRef", "{group: 'cert-manager.io', kind: 'ClusterIssuer', name: 'letsencrypt'}")
                .has("/spec/privateKey/rotationPolicy", "Always");
    }

    @Test
    void proves_its_zones_with_a_token_by_reference() {
        Rendered rendered = Rendered.of(chart -> AcmeIssuer.Builder.create(chart, "issuer")
                .email(Email.of("ops@example.org"))
                .zones(List.of(Host.of("example.org")))
                .token(SecretRef.of("cloudflare/token"))
                .build());

        assertThat(rendered.named("ClusterIssuer letsencrypt"))
                .has("/spec/acme/server", "https://acme-v02.api.letsencrypt.org/directory")
                .hasJson(
                        "/spec/acme/solvers",
                        "[{selector: {dnsZones: ['example.org']}, dns01: {cloudflare: "
                                + "{apiTokenSecretRef: {name: 'cloudflare', key: 'token'}}}}]")
                .lacks("/metadata/namespace");
    }

    @Test
    void refuses_a_token_without_its_key() {
        assertThatThrownBy(() -> new AcmeIssuer.Props(
                        null,
                        Email.of("ops@example.org"),
                        List.of(Host.of("example.org")),
                        Optional.of(SecretRef.of("cloudflare")),
                        Optional.empty(),
                        null,
                        null))
                .hasMessageStartingWith("token: \"cloudflare\" names no key; write secret/key");
    }

    @Test
    void opens_a_vault_to_named_namespaces_only() {
        Rendered rendered = Rendered.of(chart -> KeyVaultStore.Builder.create(chart, "store")
                .vault(Url.of("https://shop.vault.azure.net"))
                .tenant(TENANT)
                .clientId(TENANT)
                .namespaces(List.of(Shop.NAMESPACE, Shop.ISTIO))
                .build());

        assertThat(rendered.named("ClusterSecretStore key-vault"))
                .hasJson("/spec/conditions", "[{namespaces: ['istio-system', 'shop']}]")
                .hasJson(
                        "/spec/provider/azurekv",
                        "{authType: 'WorkloadIdentity', vaultUrl: 'https://shop.vault.azure.net',"
                                + "tenantId: '%s', serviceAccountRef: {name: 'key-vault', namespace: 'external-secrets'}}"
                                        .formatted(TENANT));
        assertThat(rendered.named("ServiceAccount external-secrets/key-vault"))
                .has("/metadata/annotations/azure.workload.identity~1client-id", TENANT)
                .has("/automountServiceAccountToken", false);
    }

    @Test
    void refuses_a_tenant_that_is_no_uuid() {
        assertThatThrownBy(() -> new KeyVaultStore.Props(
                        null, null, Url.of("https://shop.vault.azure.net"), "shop", TENANT, List.of(Shop.NAMESPACE)))
                .hasMessageStartingWith("tenant: \"shop\" is no UUID");
    }

    private static Rendered render(CertificateSource source) {
        return Rendered.of(chart -> GatewayCertificate.Builder.create(chart, "certificate")
                .gateway(Shop.GATEWAY)
                .credentialName(TLS)
                .source(source)
                .build());
    }
}
