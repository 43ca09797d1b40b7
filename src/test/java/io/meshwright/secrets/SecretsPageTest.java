package io.meshwright.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.manifest.ManifestReader;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SecretsPageTest {
    @Test
    void lists_every_secret_with_who_reads_and_who_makes_it() {
        String page = Fixtures.page("secrets/homelab.md");

        assertThat(page)
                .contains("| `blog-system/blog-database` | `password`, `root-password`, `username` |")
                .contains("StatefulSet mysql")
                .contains("| `cert-manager/cloudflare-api-token` | `api-token` |")
                .contains("| `istio-system/jiminhome-shop-tls` |  | Gateway blog-gateway | Certificate ")
                .contains("| `monitoring/alertmanager-slack` | `url` |");
        assertThat(page.substring(page.indexOf("## By hand")))
                .contains("kubectl -n cert-manager create secret generic cloudflare-api-token"
                        + " --from-file=api-token=/dev/stdin\n")
                .contains("kubectl -n blog-system create secret generic blog-database --from-file=password=password"
                        + " --from-file=root-password=root-password --from-file=username=username\n")
                .doesNotContain("jiminhome-shop-tls", "--from-literal");
    }

    @Test
    void what_a_store_syncs_is_not_made_by_hand() {
        assertThat(Fixtures.page("secrets/azure.md"))
                .contains("ExternalSecret ")
                .doesNotContain("--from-literal");
    }

    @Test
    void gives_a_command_for_each_kind_of_secret() {
        String page = page("""
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: edge, namespace: shop}
            spec: {servers: [{tls: {mode: MUTUAL, credentialName: edge-tls}}]}
            ---
            apiVersion: cert-manager.io/v1
            kind: ClusterIssuer
            metadata: {name: internal}
            spec: {ca: {secretName: corp-ca}}
            ---
            apiVersion: batch/v1
            kind: CronJob
            metadata: {name: report, namespace: shop}
            spec:
              jobTemplate:
                spec:
                  template:
                    spec:
                      imagePullSecrets: [{name: registry}]
                      containers: [{name: a, envFrom: [{secretRef: {name: settings}}]}]
                      volumes:
                      - {name: a, secret: {secretName: maybe, optional: true}}
                      - {name: b, projected: {sources: [{secret: {name: parts, items: [{key: part, path: part}]}}]}}
            """);

        assertThat(page).contains("""
            kubectl -n argocd create secret generic slack --from-file=token=/dev/stdin
            kubectl -n cert-manager create secret tls corp-ca --cert=tls.crt --key=tls.key
            kubectl -n istio-system create secret tls edge-tls --cert=tls.crt --key=tls.key
            kubectl -n istio-system create secret generic edge-tls-cacert --from-file=ca.crt=/dev/stdin
            kubectl -n shop create secret generic parts --from-file=part=/dev/stdin
            kubectl -n shop create secret generic registry --type=kubernetes.io/dockerconfigjson --from-file=.dockerconfigjson=config.json
            kubectl -n shop create secret generic settings --from-file=settings/
            """).doesNotContain("maybe");
    }

    private static String page(String manifests) {
        ManifestReader reader = new ManifestReader();
        reader.text("shop.yaml", manifests, "");
        return SecretsPage.of("shop", reader.read().manifests(), Map.of("argocd/slack", Set.of("token")));
    }
}
