package io.meshwright.construct.observability.settings;

import java.util.Locale;

/**
 * A monitoring tool with an HTTP service, and where that service answers.
 *
 * <p>Ports and paths are those of the pinned versions. {@code MOVES} says that the path is served below the tool's
 * prefix, as everything of Prometheus, Alertmanager, Grafana and Kiali is; Jaeger answers for its health and metrics on
 * ports of their own.
 */
public enum Tool {
    GRAFANA(3000, true, moves(3000, "/api/health"), moves(3000, "/api/health"), moves(3000, "/metrics")),
    PROMETHEUS(9090, false, moves(9090, "/-/ready"), moves(9090, "/-/healthy"), moves(9090, "/metrics")),
    ALERTMANAGER(9093, false, moves(9093, "/-/ready"), moves(9093, "/-/healthy"), moves(9093, "/metrics")),
    KIALI(20001, true, moves(20001, "/healthz"), moves(20001, "/healthz"), stays(9090, "/metrics")),
    JAEGER(16686, false, stays(13133, "/status"), stays(13133, "/status"), stays(8888, "/metrics")),
    LOKI(3100, false, moves(3100, "/ready"), moves(3100, "/loki/api/v1/status/buildinfo"), moves(3100, "/metrics"));

    private final int port;
    private final boolean login;
    private final Endpoint ready;
    private final Endpoint live;
    private final Endpoint metrics;

    Tool(int port, boolean login, Endpoint ready, Endpoint live, Endpoint metrics) {
        this.port = port;
        this.login = login;
        this.ready = ready;
        this.live = live;
        this.metrics = metrics;
    }

    /** Name of its Service, its workload and its {@code app} label. */
    public String service() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The program that it is. */
    public Component component() {
        return switch (this) {
            case GRAFANA -> Component.GRAFANA;
            case PROMETHEUS -> Component.PROMETHEUS;
            case ALERTMANAGER -> Component.ALERTMANAGER;
            case KIALI -> Component.KIALI;
            case JAEGER -> Component.JAEGER;
            case LOKI -> Component.LOKI;
        };
    }

    /** Port of its pages, the same on the Service and in the container. */
    public int port() {
        return port;
    }

    /** True if it asks for a login itself; the others show their pages to whoever reaches them. */
    public boolean hasLogin() {
        return login;
    }

    Endpoint ready() {
        return ready;
    }

    Endpoint live() {
        return live;
    }

    Endpoint metrics() {
        return metrics;
    }

    private static Endpoint moves(int port, String path) {
        return new Endpoint(port, path, true);
    }

    private static Endpoint stays(int port, String path) {
        return new Endpoint(port, path, false);
    }

    /** A path on a port, as the tool serves it when it has no prefix. */
    record Endpoint(int port, String path, boolean movesWithPrefix) {}
}
