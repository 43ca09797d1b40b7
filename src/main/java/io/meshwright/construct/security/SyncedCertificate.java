package io.meshwright.construct.security;

import imports.io.external_secrets.ExternalSecret;
import imports.io.external_secrets.ExternalSecretSpec;
import imports.io.external_secrets.ExternalSecretSpecData;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRef;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRefKind;
import imports.io.external_secrets.ExternalSecretSpecTarget;
import imports.io.external_secrets.ExternalSecretSpecTargetCreationPolicy;
import imports.io.external_secrets.ExternalSecretSpecTargetDeletionPolicy;
import imports.io.external_secrets.ExternalSecretSpecTargetTemplate;
import imports.io.external_secrets.ExternalSecretSpecTargetTemplateEngineVersion;
import io.meshwright.value.Name;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.CertificateSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Keeps a TLS Secret equal to one PEM text of a ClusterSecretStore. */
final class SyncedCertificate {
    private static final String PEM = "pem";
    static final String REFRESH = "1h0m0s";

    private final ApiObject resource;

    SyncedCertificate(Construct scope, Name namespace, ObjectName secret, CertificateSource.Synced source) {
        this.resource = ExternalSecret.Builder.create(scope, "Resource")
                .metadata(Notes.none().of(secret.toString(), namespace))
                .spec(ExternalSecretSpec.builder()
                        .secretStoreRef(ExternalSecretSpecSecretStoreRef.builder()
                                .name(source.store().toString())
                                .kind(ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE)
                                .build())
                        .refreshInterval(REFRESH)
                        .target(target(secret))
                        .data(List.of(ExternalSecretSpecData.builder()
                                .secretKey(PEM)
                                .remoteRef(RemoteKey.of(source.remoteKey()))
                                .build()))
                        .build())
                .build();
    }

    ApiObject resource() {
        return resource;
    }

    // A certificate that vanishes from the store stays in the cluster: without it the listener serves nobody.
    private static ExternalSecretSpecTarget target(ObjectName secret) {
        return ExternalSecretSpecTarget.builder()
                .name(secret.toString())
                .creationPolicy(ExternalSecretSpecTargetCreationPolicy.OWNER)
                .deletionPolicy(ExternalSecretSpecTargetDeletionPolicy.RETAIN)
                .template(ExternalSecretSpecTargetTemplate.builder()
                        .engineVersion(ExternalSecretSpecTargetTemplateEngineVersion.V2)
                        .type("kubernetes.io/tls")
                        .data(template())
                        .build())
                .build();
    }

    private static Map<String, String> template() {
        Map<String, String> keys = new TreeMap<>();
        keys.put("tls.crt", "{{ .%s | filterPEM \"CERTIFICATE\" }}".formatted(PEM));
        keys.put("tls.key", "{{ .%s | filterPEM \"PRIVATE KEY\" }}".formatted(PEM));
        return keys;
    }
}
