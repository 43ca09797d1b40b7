package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Sends requests, and gathers what each client got and each proxy wrote. */
final class Trials {
    private static final int AT_ONCE = 12;
    /** Proxies write a moment later than they answer. */
    private static final int LOOKS = 15;

    private static final int BETWEEN_LOOKS = 100;

    private final RawClient client;
    private final Echo echo;
    private final List<Envoy> envoys;
    private final Map<String, Pod> applications;

    Trials(RawClient client, Echo echo, List<Envoy> envoys, Map<String, Pod> applications) {
        this.client = client;
        this.echo = echo;
        this.envoys = envoys;
        this.applications = applications;
    }

    /** Sends a request and gathers what proxies wrote of it. */
    Trial send(Call call) throws IOException, InterruptedException {
        return gathered(call, client.send(call));
    }

    /** Sends many at once and gathers what proxies wrote of each. */
    List<Trial> send(List<Call> calls) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Answer>> answers = threads.invokeAll(calls.stream()
                    .map(call -> (Callable<Answer>) () -> client.send(call))
                    .toList());
            List<Trial> trials = new ArrayList<>();
            for (int index = 0; index < calls.size(); index++) {
                trials.add(gathered(calls.get(index), answers.get(index).get()));
            }
            return trials;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** Sends one without gathering anything. */
    Answer sendOnly(Call call) {
        return client.send(call);
    }

    private Trial gathered(Call call, Answer answer) throws IOException, InterruptedException {
        int wanted = lines(call.door(), call.bytes(), answer);
        List<JsonNode> found = lines(call, answer);
        for (int tries = 0; tries < LOOKS && found.size() < wanted; tries++) {
            Thread.sleep(BETWEEN_LOOKS);
            for (Envoy envoy : envoys) {
                envoy.read();
            }
            found = lines(call, answer);
        }
        return new Trial(answer, found, echo.count(call.id()));
    }

    /** How many lines proxies write at least of a request that ended so. */
    private int lines(Door door, boolean bytes, Answer answer) {
        if (answer.problem().contains("Connection refused") || door.meant().isEmpty() && answer.status() == 0) {
            return 0;
        }
        Pod pod = applications.get(answer.said().path("at").asText());
        int behind = pod != null && !bytes && ProxiedPod.of(pod).isPresent() ? 1 : 0;
        int before = door.meant().isPresent() || answer.said().isMissingNode() ? 1 : 0;
        return before + behind;
    }

    private List<JsonNode> lines(Call call, Answer answer) {
        List<JsonNode> first = new ArrayList<>();
        List<JsonNode> later = new ArrayList<>();
        for (Envoy envoy : envoys) {
            boolean entered =
                    Loopback.pod(envoy.pod().address()).equals(call.door().address());
            for (JsonNode line : envoy.of(call.id())) {
                // Who calls itself comes back to the proxy by which it went out, and that is done with it earlier.
                boolean back = line.path("cluster").asText().startsWith("inbound|");
                (entered && !back ? first : later).add(line);
            }
            if (entered && call.door().meant().isPresent() && first.isEmpty()) {
                first.addAll(envoy.from(answer.from()));
            }
        }
        first.addAll(later);
        return first;
    }
}
