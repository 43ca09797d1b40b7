package io.meshwright.construct.observability.traces;

import io.meshwright.construct.observability.program.Server;
import java.io.IOException;
import java.nio.file.Path;

/** Ports of this machine in place of those in the cluster, for a Jaeger and the collector before it. */
record Loopback(
        Path folder, int otlpGrpc, int otlpHttp, int jaegerGrpc, int pages, int jaegerHealth, int collectorHealth) {
    Loopback(Path folder) throws IOException {
        this(
                folder,
                Server.freePort(),
                Server.freePort(),
                Server.freePort(),
                Server.freePort(),
                Server.freePort(),
                Server.freePort());
    }

    /** The configuration of one of the two, moved here. */
    String of(String config) throws IOException {
        boolean jaeger = config.contains("jaeger_storage");
        return config.replace("jaeger.monitoring.svc:4317", "127.0.0.1:%d".formatted(jaegerGrpc))
                .replace("0.0.0.0:4317", "127.0.0.1:%d".formatted(jaeger ? jaegerGrpc : otlpGrpc))
                .replace("0.0.0.0:4318", "127.0.0.1:%d".formatted(otlpHttp))
                .replace("0.0.0.0:16686", "127.0.0.1:%d".formatted(pages))
                .replace("0.0.0.0:16685", "127.0.0.1:%d".formatted(Server.freePort()))
                .replace("0.0.0.0:13133", "127.0.0.1:%d".formatted(jaeger ? jaegerHealth : collectorHealth))
                .replace("0.0.0.0", "127.0.0.1")
                .replace("port: 8888", "port: %d".formatted(Server.freePort()))
                .replace("/badger/", "%s/".formatted(folder));
    }
}
