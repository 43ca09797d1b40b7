package io.meshwright.construct.security;

import imports.io.external_secrets.ExternalSecret;
import imports.io.external_secrets.ExternalSecretSpec;
import imports.io.external_secrets.ExternalSecretSpecData;
import imports.io.external_secrets.ExternalSecretSpecDataRemoteRef;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRef;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRefKind;
import imports.io.external_secrets.ExternalSecretSpecTarget;
import imports.io.external_secrets.ExternalSecretSpecTargetCreationPolicy;
import imports.io.external_secrets.ExternalSecretSpecTargetDeletionPolicy;
import imports.io.external_secrets.ExternalSecretSpecTargetTemplate;
import imports.io.external_secrets.ExternalSecretSpecTargetTemplateEngineVersion;
import io.meshwright.value.Name;
import io.meshwright.value.security.CertificateSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Keeps a TLS Secret equal to one PEM text of a ClusterSecretStore. */
final class SyncedCertificate {
  private static final String PEM = "pem";
  private static final String CLIENT_CA = "clientCa";
  private static final String REFRESH = "1h0m0s";

  private final ApiObject resource;

  SyncedCertificate(Construct scope, Name namespace, Name secret, CertificateSource.Synced source) {
    this.resource = ExternalSecret.Builder.create(scope, "Resource")
        .metadata(Notes.none().of(secret.toString(), namespace))
        .spec(ExternalSecretSpec.builder()
            .secretStoreRef(ExternalSecretSpecSecretStoreRef.builder().name(source.store().toString())
                .kind(ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE).build())
            .refreshInterval(REFRESH)
            .target(target(secret, source))
            .data(data(source))
            .build())
        .build();
  }

  ApiObject resource() {
    return resource;
  }

  // A certificate that vanishes from the store stays in the cluster: without it the listener serves nobody.
  private static ExternalSecretSpecTarget target(Name secret, CertificateSource.Synced source) {
    return ExternalSecretSpecTarget.builder().name(secret.toString())
        .creationPolicy(ExternalSecretSpecTargetCreationPolicy.OWNER)
        .deletionPolicy(ExternalSecretSpecTargetDeletionPolicy.RETAIN)
        .template(ExternalSecretSpecTargetTemplate.builder()
            .engineVersion(ExternalSecretSpecTargetTemplateEngineVersion.V2)
            .type("kubernetes.io/tls").data(template(source)).build())
        .build();
  }

  private static Map<String, String> template(CertificateSource.Synced source) {
    Map<String, String> keys = new TreeMap<>();
    keys.put("tls.crt", "{{ .%s | filterPEM \"CERTIFICATE\" }}".formatted(PEM));
    keys.put("tls.key", "{{ .%s | filterPEM \"PRIVATE KEY\" }}".formatted(PEM));
    source.clientCaKey().ifPresent(key -> keys.put("ca.crt", "{{ .%s }}".formatted(CLIENT_CA)));
    return keys;
  }

  private static List<ExternalSecretSpecData> data(CertificateSource.Synced source) {
    List<ExternalSecretSpecData> data = new ArrayList<>();
    data.add(entry(PEM, source.remoteKey()));
    source.clientCaKey().ifPresent(key -> data.add(entry(CLIENT_CA, key)));
    return data;
  }

  private static ExternalSecretSpecData entry(String name, String remoteKey) {
    return ExternalSecretSpecData.builder().secretKey(name)
        .remoteRef(ExternalSecretSpecDataRemoteRef.builder().key(remoteKey).build()).build();
  }
}
