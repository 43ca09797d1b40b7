package io.meshwright.construct.security;

import imports.io.external_secrets.ExternalSecret;
import imports.io.external_secrets.ExternalSecretSpec;
import imports.io.external_secrets.ExternalSecretSpecData;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRef;
import imports.io.external_secrets.ExternalSecretSpecSecretStoreRefKind;
import imports.io.external_secrets.ExternalSecretSpecTarget;
import imports.io.external_secrets.ExternalSecretSpecTargetCreationPolicy;
import imports.io.external_secrets.ExternalSecretSpecTargetDeletionPolicy;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Name;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.Party;
import java.util.List;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Puts the CA whose certificates a gateway's clients must show, such as Cloudflare's of authenticated origin pulls,
 * beside the listener's own certificate: in a Secret of its own, since whoever issues or syncs that one knows nothing
 * of it.
 */
public final class ClientAuthority extends Construct {
    /** The key that a gateway reads the CA from (istio.io, Gateway, {@code credentialName}). */
    private static final String CA = "ca.crt";

    private final ExternalSecret secret;

    private ClientAuthority(Construct scope, String id, Party gateway, ObjectName name, Name store, String remoteKey) {
        super(scope, id);
        this.secret = ExternalSecret.Builder.create(this, "Resource")
                .metadata(Notes.none().of(name.toString(), gateway.namespace()))
                .spec(ExternalSecretSpec.builder()
                        .secretStoreRef(ExternalSecretSpecSecretStoreRef.builder()
                                .name(store.toString())
                                .kind(ExternalSecretSpecSecretStoreRefKind.CLUSTER_SECRET_STORE)
                                .build())
                        .refreshInterval(SyncedCertificate.REFRESH)
                        // Without its CA the listener would refuse every client.
                        .target(ExternalSecretSpecTarget.builder()
                                .name(name.toString())
                                .creationPolicy(ExternalSecretSpecTargetCreationPolicy.OWNER)
                                .deletionPolicy(ExternalSecretSpecTargetDeletionPolicy.RETAIN)
                                .build())
                        .data(List.of(ExternalSecretSpecData.builder()
                                .secretKey(CA)
                                .remoteRef(RemoteKey.of(remoteKey))
                                .build()))
                        .build())
                .build();
    }

    /** Syncs the CA's PEM text from one entry of a ClusterSecretStore into the namespace of the gateway's pods. */
    public static ClientAuthority synced(
            Construct scope, String id, Party gateway, ObjectName secret, Name store, String remoteKey) {
        return ConstructMaker.make(scope, id, () -> new ClientAuthority(scope, id, gateway, secret, store, remoteKey));
    }

    /** The ExternalSecret, for what this construct cannot say. */
    public ApiObject resource() {
        return secret;
    }
}
