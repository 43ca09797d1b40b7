package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import io.meshwright.value.workload.Lifecycle.Exec;
import io.meshwright.value.workload.Lifecycle.HttpGet;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One question of the kubelet to a container. */
@Doc("A path that is asked by HTTP, or one of httpGet, grpc, tcpSocket and exec.")
@Sample("/healthz")
public record Probe(
        @Nullable @Doc("HTTP; 200 to 399 is well.") HttpGet httpGet,
        @Nullable @Doc("gRPC's own health service.") Grpc grpc,
        @Nullable @Doc("The port opens.") TcpSocket tcpSocket,

        @Nullable @Doc("A command of the image ends with 0.")
        Exec exec,

        @Defaulted @Doc("Seconds between two questions, 1 to 3600; default 10.")
        Integer periodSeconds,

        @Defaulted @Doc("Seconds until an answer is too late, 1 to 600; default 3.")
        Integer timeoutSeconds,

        @Defaulted @Doc("Bad answers in a row that count, 1 to 100; default 3.")
        Integer failureThreshold) {
    public Probe {
        Require.that(
                Stream.of(httpGet, grpc, tcpSocket, exec)
                                .filter(Objects::nonNull)
                                .count()
                        == 1,
                "",
                "is not exactly one of httpGet, grpc, tcpSocket and exec",
                "give one of them");
        periodSeconds = periodSeconds == null ? 10 : Require.inRange("periodSeconds", periodSeconds, 1, 3600);
        timeoutSeconds = timeoutSeconds == null ? 3 : Require.inRange("timeoutSeconds", timeoutSeconds, 1, 600);
        failureThreshold = failureThreshold == null ? 3 : Require.inRange("failureThreshold", failureThreshold, 1, 100);
    }

    /** An HTTP path of the port that the probes ask. */
    @Shorthand
    public static Probe http(String path) {
        return new Probe(new HttpGet(path, null), null, null, null, null, null, null);
    }

    /** True if it asks the network, and not by a command. */
    public boolean asksPort() {
        return exec == null;
    }

    /** The port that it names itself; null where it names none. */
    public @Nullable Name port() {
        if (httpGet != null) {
            return httpGet.port();
        }
        return grpc != null ? grpc.port() : tcpSocket == null ? null : tcpSocket.port();
    }

    /** The way in which it asks, as a file spells it. */
    public String kind() {
        if (httpGet != null) {
            return "httpGet";
        }
        return grpc != null ? "grpc" : tcpSocket == null ? "exec" : "tcpSocket";
    }

    /** gRPC's health service. */
    @Doc("gRPC's own health service.")
    public record Grpc(
            @Nullable @Doc("Name of the port; default: the first port.")
            Name port,

            @Nullable @Doc("What is asked about; default: the server as a whole.")
            String service) {}

    /** A port that opens. */
    @Doc("A port that opens.")
    public record TcpSocket(
            @Nullable @Doc("Name of the port; default: the first port.")
            Name port) {}
}
