package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A question of the kubelet to a container: by an HTTP path, by gRPC's health service, by opening a port, or by a
 * command; times in seconds.
 */
public record PodProbe(
        @Nullable String path,
        @Nullable String port,
        @Nullable Grpc grpc,
        List<String> command,
        int period,
        int failures,
        int timeout) {
    /** An HTTP GET on a named port. */
    public static PodProbe http(String path, String port) {
        return new PodProbe(path, port, null, List.of(), 10, 3, 3);
    }

    /** Opening a named port. */
    public static PodProbe tcp(String port) {
        return new PodProbe(null, port, null, List.of(), 10, 3, 3);
    }

    /** A command that must end with 0. */
    public static PodProbe exec(String... command) {
        return new PodProbe(null, null, null, List.of(command), 10, 3, 3);
    }

    /** gRPC's health service on a port; {@code service} null for the server as a whole. */
    public static PodProbe grpc(int port, @Nullable String service) {
        return new PodProbe(null, null, new Grpc(port, service), List.of(), 10, 3, 3);
    }

    /** The same question at other times. */
    public PodProbe every(int seconds, int patience, int bad) {
        return new PodProbe(path, port, grpc, command, seconds, bad, patience);
    }

    /** The same question, asked until {@code seconds} have passed: for a slow start. */
    public PodProbe during(long seconds) {
        return new PodProbe(path, port, grpc, command, 5, (int) Math.max(1, (seconds + 4) / 5), timeout);
    }

    Probe render() {
        var probe = new ProbeBuilder()
                .withPeriodSeconds(period)
                .withFailureThreshold(failures)
                .withTimeoutSeconds(timeout);
        if (!command.isEmpty()) {
            return probe.withNewExec().withCommand(command).endExec().build();
        }
        if (grpc != null) {
            return probe.withNewGrpc(grpc.port(), grpc.service()).build();
        }
        return path == null
                ? probe.withNewTcpSocket()
                        .withPort(new IntOrString(port))
                        .endTcpSocket()
                        .build()
                : probe.withNewHttpGet()
                        .withPath(path)
                        .withPort(new IntOrString(port))
                        .endHttpGet()
                        .build();
    }

    /** See {@link #grpc}. */
    record Grpc(int port, @Nullable String service) {}
}
