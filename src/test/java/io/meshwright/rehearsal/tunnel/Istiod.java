package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnknownFieldSet;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A real istiod, asked as a proxy's agent asks it: with the token of the pod's service account, over TLS. */
public final class Istiod implements AutoCloseable {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int LARGEST_ANSWER = 64 << 20;
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    /** Its messages have two fields that matter, so no library for them (istio.io/api, security/v1alpha1/ca.proto). */
    private static final MethodDescriptor<byte[], byte[]> CREATE_CERTIFICATE =
            MethodDescriptor.<byte[], byte[]>newBuilder()
                    .setType(MethodDescriptor.MethodType.UNARY)
                    .setFullMethodName("istio.v1.auth.IstioCertificateService/CreateCertificate")
                    .setRequestMarshaller(new Bytes())
                    .setResponseMarshaller(new Bytes())
                    .build();

    private static final int CSR = 1;
    private static final int VALIDITY = 3;
    private static final int CHAIN = 1;
    private static final int TABLE = 1;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;
    private static final int ADDRESSES = 1;
    private static final long DAY = 86_400;

    private final KubernetesClient client;
    private final ManagedChannel channel;

    private Istiod(KubernetesClient client, ManagedChannel channel) {
        this.client = client;
        this.channel = channel;
    }

    /** The istiod of that Service, whose port for TLS is open on loopback. */
    public static Istiod at(KubernetesClient client, String service, int port) throws IOException {
        String root = client.configMaps()
                .inNamespace("istio-system")
                .withName("istio-ca-root-cert")
                .get()
                .getData()
                .get("root-cert.pem");
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(GrpcSslContexts.forClient()
                        .trustManager(new ByteArrayInputStream(root.getBytes(StandardCharsets.UTF_8)))
                        .build())
                .overrideAuthority("%s.istio-system.svc".formatted(service))
                .maxInboundMessageSize(LARGEST_ANSWER)
                .build();
        return new Istiod(client, channel);
    }

    /** All that it says to a proxy; secrets are those that it has and lets this proxy have. */
    Resources resources(ProxiedPod pod) throws IOException, InterruptedException {
        try (AdsStream stream = new AdsStream(as(pod), pod.node())) {
            List<Cluster> clusters = stream.ask(Cluster.class, List.of(), SOON);
            List<String> discovered = Names.endpoints(clusters);
            List<ClusterLoadAssignment> endpoints =
                    discovered.isEmpty() ? List.of() : stream.ask(ClusterLoadAssignment.class, discovered, SOON);
            List<Listener> listeners = stream.ask(Listener.class, List.of(), SOON);
            List<String> routed = Names.routes(listeners);
            List<RouteConfiguration> routes =
                    routed.isEmpty() ? List.of() : stream.ask(RouteConfiguration.class, routed, SOON);
            List<String> secret = Names.secrets(listeners);
            List<Secret> secrets =
                    secret.isEmpty() ? List.of() : stream.ask(Secret.class, secret, Duration.ofSeconds(4));
            return new Resources(
                    clusters, endpoints, listeners, routes, secrets, pod.capturesDns() ? names(stream) : Map.of());
        }
    }

    /** The first address of each name that the agent answers for (istio.io/istio, pkg/dns/proto/nds.proto). */
    private static Map<String, String> names(AdsStream stream) throws IOException, InterruptedException {
        Map<String, String> names = new TreeMap<>();
        for (Any table : stream.ask(AdsStream.TYPES.concat("istio.networking.nds.v1.NameTable"), List.of(), SOON)) {
            for (ByteString entry : strings(table.getValue(), TABLE)) {
                for (ByteString about : strings(entry, ENTRY_VALUE)) {
                    strings(about, ADDRESSES).stream()
                            .findFirst()
                            .ifPresent(address -> names.put(first(entry, ENTRY_KEY), address.toStringUtf8()));
                }
            }
        }
        return names;
    }

    private static String first(ByteString message, int field) {
        try {
            return strings(message, field).get(0).toStringUtf8();
        } catch (InvalidProtocolBufferException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<ByteString> strings(ByteString message, int field) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(message).getField(field).getLengthDelimitedList();
    }

    /** A certificate for the pod's service account, as its agent gets one. */
    Identity identity(ProxiedPod pod, KeyMaker keys) throws IOException {
        byte[] answer = ClientCalls.blockingUnaryCall(
                as(pod),
                CREATE_CERTIFICATE,
                CallOptions.DEFAULT.withDeadlineAfter(SOON.toSeconds(), TimeUnit.SECONDS),
                request(keys.certificateRequest()));
        List<String> chain = chain(answer);
        return new Identity(
                String.join("", chain.subList(0, chain.size() - 1)), keys.key(), chain.get(chain.size() - 1));
    }

    private static byte[] request(String csr) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.writeString(CSR, csr);
        out.writeInt64(VALIDITY, DAY);
        out.flush();
        return bytes.toByteArray();
    }

    private static List<String> chain(byte[] answer) throws InvalidProtocolBufferException {
        return UnknownFieldSet.parseFrom(answer).getField(CHAIN).getLengthDelimitedList().stream()
                .map(ByteString::toStringUtf8)
                .toList();
    }

    private Channel as(ProxiedPod pod) {
        Metadata metadata = new Metadata();
        metadata.put(AUTHORIZATION, "Bearer ".concat(token(pod)));
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private String token(ProxiedPod pod) {
        TokenRequest asked = new TokenRequestBuilder()
                .withNewSpec()
                .withAudiences("istio-ca")
                .withExpirationSeconds(DAY)
                .endSpec()
                .build();
        return client.serviceAccounts()
                .inNamespace(pod.namespace())
                .withName(pod.account())
                .tokenRequest(asked)
                .getStatus()
                .getToken();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
