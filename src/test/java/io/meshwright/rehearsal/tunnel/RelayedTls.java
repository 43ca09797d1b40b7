package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Certificates by name: a workload's own are istiod's, a gateway's are istiod's where the cluster has the secret, all
 * others are the test's.
 */
final class RelayedTls {
    private final Identity own;
    private final Identity test;
    private final Map<String, Secret> secrets = new TreeMap<>();

    RelayedTls(Identity own, Identity test, List<Secret> known) {
        this.own = own;
        this.test = test;
        known.forEach(secret -> secrets.put(secret.getName(), secret));
    }

    /** The secrets that were named so far. */
    List<Secret> secrets() {
        return List.copyOf(secrets.values());
    }

    TransportSocket socket(TransportSocket socket) throws InvalidProtocolBufferException {
        Any config = socket.getTypedConfig();
        if (config.is(DownstreamTlsContext.class)) {
            DownstreamTlsContext.Builder context = config.unpack(DownstreamTlsContext.class).toBuilder();
            context.setCommonTlsContext(common(context.getCommonTlsContext()));
            return socket.toBuilder().setTypedConfig(Any.pack(context.build())).build();
        }
        if (config.is(UpstreamTlsContext.class)) {
            UpstreamTlsContext.Builder context = config.unpack(UpstreamTlsContext.class).toBuilder();
            context.setCommonTlsContext(common(context.getCommonTlsContext()));
            return socket.toBuilder().setTypedConfig(Any.pack(context.build())).build();
        }
        return socket;
    }

    private CommonTlsContext common(CommonTlsContext context) {
        CommonTlsContext.Builder common = context.toBuilder().clearTlsCertificateSdsSecretConfigs();
        for (SdsSecretConfig config : context.getTlsCertificateSdsSecretConfigsList()) {
            common.addTlsCertificateSdsSecretConfigs(certificate(config));
        }
        if (context.hasValidationContextSdsSecretConfig()) {
            common.setValidationContextSdsSecretConfig(authority(context.getValidationContextSdsSecretConfig()));
        }
        if (context.hasCombinedValidationContext()) {
            var combined = context.getCombinedValidationContext();
            common.setCombinedValidationContext(combined.toBuilder()
                    .setValidationContextSdsSecretConfig(authority(combined.getValidationContextSdsSecretConfig())));
        }
        return common.build();
    }

    private SdsSecretConfig certificate(SdsSecretConfig config) {
        Identity identity = config.getName().equals("default") ? own : test;
        secrets.computeIfAbsent(
                config.getName(),
                name -> Secret.newBuilder()
                        .setName(name)
                        .setTlsCertificate(TlsCertificate.newBuilder()
                                .setCertificateChain(inline(identity.chain()))
                                .setPrivateKey(inline(identity.key())))
                        .build());
        return SdsSecretConfig.newBuilder().setName(config.getName()).build();
    }

    private SdsSecretConfig authority(SdsSecretConfig config) {
        String root = config.getName().equals("ROOTCA") ? own.root() : test.root();
        secrets.computeIfAbsent(
                config.getName(),
                name -> Secret.newBuilder()
                        .setName(name)
                        .setValidationContext(
                                CertificateValidationContext.newBuilder().setTrustedCa(inline(root)))
                        .build());
        return SdsSecretConfig.newBuilder().setName(config.getName()).build();
    }

    private static DataSource inline(String text) {
        return DataSource.newBuilder().setInlineString(text).build();
    }
}
