package io.meshwright.construct.observability.settings;

import io.meshwright.construct.observability.settings.Tool.Endpoint;
import java.util.Optional;

/**
 * Every address of one tool: its public URL, its URL in the cluster, its route, its probes and its metrics.
 *
 * <p>A prefix is never rewritten on the way: the tool is told of it and serves everything below it, so a request looks
 * the same at the gateway, in the cluster and in the tool (incident I7).
 *
 * @param scheme of the public URL, {@code https} or {@code http}
 * @param elsewhere the place of a tool that others run, of which nothing but the two URLs is known
 */
public record ToolAddress(
        Tool tool, String namespace, String scheme, Optional<Exposure> exposure, Optional<Elsewhere> elsewhere) {
    /** Name by which every pod of the cluster reaches the Service. */
    public String host() {
        return "%s.%s.svc".formatted(tool.service(), namespace);
    }

    /** {@code http://grafana.monitoring.svc:3000/grafana}: no slash at the end. */
    public String inClusterUrl() {
        return elsewhere.map(Elsewhere::called).orElseGet(() -> inClusterUrl(tool.port()));
    }

    /** The same on another port of the Service. */
    public String inClusterUrl(int port) {
        return "http://%s:%d%s".formatted(host(), port, prefix());
    }

    /**
     * The URL to show to a person: the public one, or the one in the cluster when the tool is not exposed; no slash at
     * the end.
     */
    public String url() {
        return elsewhere
                .map(Elsewhere::shown)
                .or(() -> exposure.map(e -> "%s://%s%s".formatted(scheme, e.host(), e.prefix())))
                .orElseGet(this::inClusterUrl);
    }

    /** Scheme and host of the URL to show to a person, without any path. */
    public String origin() {
        return exposure.map(e -> "%s://%s".formatted(scheme, e.host()))
                .orElseGet(() -> "http://%s:%d".formatted(host(), tool.port()));
    }

    public boolean isExposed() {
        return exposure.isPresent();
    }

    /** The prefix of every path of the tool: {@code /grafana}, or empty. */
    public String prefix() {
        return exposure.map(Exposure::prefix).orElse("");
    }

    /** The prefix as a route and as those settings name it that cannot be empty: {@code /grafana}, or {@code /}. */
    public String root() {
        return prefix().isEmpty() ? "/" : prefix();
    }

    public Path readiness() {
        return at(tool.ready());
    }

    public Path liveness() {
        return at(tool.live());
    }

    public Path metrics() {
        return at(tool.metrics());
    }

    /** A page of the tool, by its path without prefix: {@code /-/reload}. */
    public Path page(String path) {
        return new Path(tool.port(), prefix() + path);
    }

    private Path at(Endpoint endpoint) {
        return new Path(endpoint.port(), endpoint.movesWithPrefix() ? prefix() + endpoint.path() : endpoint.path());
    }

    /** A path on a container port, as the tool really serves it. */
    public record Path(int port, String path) {}
}
