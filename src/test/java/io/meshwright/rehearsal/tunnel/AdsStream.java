package io.meshwright.rehearsal.tunnel;

import com.google.protobuf.Any;
import com.google.protobuf.Internal;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Channel;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One proxy's stream to istiod, on which it asks for one type of resources after the other. */
final class AdsStream implements AutoCloseable {
    static final String TYPES = "type.googleapis.com/";

    private final Node node;
    private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();
    private final StreamObserver<DiscoveryRequest> requests;

    AdsStream(Channel channel, Node node) {
        this.node = node;
        this.requests = AggregatedDiscoveryServiceGrpc.newStub(channel)
                .streamAggregatedResources(new StreamObserver<>() {
                    @Override
                    public void onNext(DiscoveryResponse response) {
                        answers.add(response);
                    }

                    @Override
                    public void onError(Throwable broken) {
                        answers.add(broken);
                    }

                    @Override
                    public void onCompleted() {
                        answers.add(new IOException("istiod ended the stream"));
                    }
                });
    }

    /** All resources of a type, or those of these names that istiod has; none where it says nothing within the time. */
    <T extends Message> List<T> ask(Class<T> type, List<String> names, Duration within)
            throws IOException, InterruptedException {
        List<T> unpacked = new ArrayList<>();
        for (Any resource : ask(
                "%s%s"
                        .formatted(
                                TYPES,
                                Internal.getDefaultInstance(type)
                                        .getDescriptorForType()
                                        .getFullName()),
                names,
                within)) {
            unpacked.add(resource.unpack(type));
        }
        return unpacked;
    }

    /** The same of a type that is known by its name alone. */
    List<Any> ask(String url, List<String> names, Duration within) throws IOException, InterruptedException {
        requests.onNext(DiscoveryRequest.newBuilder()
                .setNode(node)
                .setTypeUrl(url)
                .addAllResourceNames(names)
                .build());
        long end = System.nanoTime() + within.toNanos();
        while (true) {
            Object answer = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer == null) {
                return List.of();
            }
            if (answer instanceof Throwable broken) {
                throw new IOException("istiod says nothing to %s: %s".formatted(node.getId(), broken), broken);
            }
            DiscoveryResponse response = (DiscoveryResponse) answer;
            requests.onNext(DiscoveryRequest.newBuilder()
                    .setNode(node)
                    .setTypeUrl(response.getTypeUrl())
                    .addAllResourceNames(response.getTypeUrl().equals(url) ? names : List.of())
                    .setVersionInfo(response.getVersionInfo())
                    .setResponseNonce(response.getNonce())
                    .build());
            if (response.getTypeUrl().equals(url)) {
                return response.getResourcesList();
            }
        }
    }

    @Override
    public void close() {
        requests.onCompleted();
    }
}
