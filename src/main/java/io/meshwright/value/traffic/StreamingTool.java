package io.meshwright.value.traffic;

import io.meshwright.value.Duration;
import io.meshwright.value.traffic.Stream.Protocol;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tools whose pages keep answers open, and where: a route to one of these paths has no response timeout and no tries
 * that are given up. Kiali, Jaeger and Alertmanager have none: their pages ask again and again.
 */
public enum StreamingTool {
    /**
     * Applications, their trees and logs are server-sent events with a comment every 15 seconds, which begin only when
     * there is something to say; the terminal is a websocket (argo-cd server/application/application.proto,
     * server/applicationset/applicationset.proto, server/server.go; argoproj/pkg grpc/http/forwarders.go).
     */
    ARGO_CD(
            "Argo CD",
            "argocd-server",
            "argo",
            Protocol.SSE,
            Optional.of(Duration.ofSeconds(15)),
            List.of(
                    "/api/v1/stream/applications",
                    "/api/v1/stream/applications/web/resource-tree",
                    "/api/v1/stream/applicationsets",
                    "/api/v1/applications/web/logs",
                    "/api/v1/applications/web/pods/web-0/logs")),
    /** Grafana Live, over which data sources stream too: one websocket, pinged every 25 seconds (grafana.com/docs). */
    GRAFANA(
            "Grafana",
            "grafana",
            "grafana",
            Protocol.WEBSOCKET,
            Optional.of(Duration.ofSeconds(25)),
            List.of("/api/live/ws")),
    /** Notices about the server, since 3.0; nothing is sent while there is none (prometheus web/api/v1/api.go). */
    PROMETHEUS(
            "Prometheus", "prometheus", "prom", Protocol.SSE, Optional.empty(), List.of("/api/v1/notifications/live")),
    /** Lines as they come: a websocket (grafana.com/docs/loki, HTTP API). */
    LOKI("Loki", "loki", "loki", Protocol.WEBSOCKET, Optional.empty(), List.of("/loki/api/v1/tail"));

    private final String words;
    private final String service;
    private final String mount;
    private final Protocol protocol;
    private final Optional<Duration> heartbeat;
    private final List<String> paths;

    StreamingTool(
            String words,
            String service,
            String mount,
            Protocol protocol,
            Optional<Duration> heartbeat,
            List<String> paths) {
        this.words = words;
        this.service = service;
        this.mount = mount;
        this.protocol = protocol;
        this.heartbeat = heartbeat;
        this.paths = paths;
    }

    /** The tool behind a Service of that name, as its own chart and ours call it. */
    public static Optional<StreamingTool> of(String service) {
        return Arrays.stream(values())
                .filter(tool -> tool.service.equals(service))
                .findFirst();
    }

    /** Name of its Service. */
    public String service() {
        return service;
    }

    /** The word that a path has under which the tool as a whole is served: {@code argo} of {@code /argocd}. */
    public String mount() {
        return mount;
    }

    /** The kind of answer that it keeps open most. */
    public Protocol protocol() {
        return protocol;
    }

    /** One path of each of its streams of that protocol, below its own root. */
    public List<String> paths() {
        return paths;
    }

    /** {@code sse, heartbeat 15s}: what it does, and how often it sends something by itself. */
    public String habit() {
        return "%s, %s"
                .formatted(
                        protocol.word(),
                        heartbeat.map("heartbeat %s"::formatted).orElse("no heartbeat, so its page connects again"));
    }

    @Override
    public String toString() {
        return words;
    }
}
