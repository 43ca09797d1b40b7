package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * Configuration of the collector that runs on every node, reads the log files of its containers and sends them to Loki.
 */
public final class LogAgentConfig {
    /** Name of the DaemonSet and of its container. */
    public static final String NAME = "log-agent";

    /** Folder of the node's log files. */
    public static final String LOGS = "/var/log/pods";

    /** Folder of the node where the agent remembers what it has read, and keeps what it could not send yet. */
    public static final String POSITIONS = "/var/lib/meshwright-log-agent";

    /** Variable that holds the name of the node. */
    public static final String NODE_VARIABLE = "K8S_NODE_NAME";

    private static final String STORAGE = "file_storage";
    // A private key in PEM is hidden whole, so that it must be one entry.
    private static final String INSIDE_A_KEY =
            "body matches \"^(-----END |[A-Za-z0-9+/]{40,}$$|[A-Za-z0-9+/]+={1,2}$$)\"";

    private LogAgentConfig() {}

    public static String text(Settings settings) {
        return ConfigText.yaml(Section.of("receivers", Section.of("file_log", files(settings)))
                .with("processors", processors(settings))
                .with("exporters", Section.of("otlp_http", loki(settings)))
                .with(
                        "extensions",
                        Section.of("health_check", Otel.healthCheck())
                                .with(STORAGE, Section.of("directory", POSITIONS)))
                .with(
                        "service",
                        Section.of("extensions", List.of("health_check", STORAGE))
                                .with("telemetry", Otel.telemetry())
                                .with(
                                        "pipelines",
                                        Section.of(
                                                "logs",
                                                Otel.pipeline(
                                                        List.of("file_log"), steps(settings), List.of("otlp_http"))))));
    }

    private static Section processors(Settings settings) {
        Section processors = Section.of("memory_limiter", Otel.memoryLimiter())
                .with("k8s_attributes", podLabels())
                .with("transform", labels())
                .with("groupbyattrs", Section.of("keys", List.of(LogLabels.TYPE)));
        return settings.aiOps().logs().redact()
                ? processors.with(RedactProcessor.NAME, RedactProcessor.ofFiles())
                : processors;
    }

    /** Redacted last, so that nothing behind it sees a secret: the queue lies on the node's disk. */
    private static List<String> steps(Settings settings) {
        List<String> steps = new ArrayList<>(List.of("memory_limiter", "k8s_attributes", "transform", "groupbyattrs"));
        if (settings.aiOps().logs().redact()) {
            steps.add(RedactProcessor.NAME);
        }
        return steps;
    }

    /**
     * While Loki does not answer, lines wait in a queue on the node, and when it is full the agent stops reading: they
     * are in the files still. Batches are made in the queue, because the batch processor takes lines and forgets them.
     */
    private static Section loki(Settings settings) {
        return Otel.loki(settings)
                .with("retry_on_failure", Section.of("max_elapsed_time", "0s"))
                .with(
                        "sending_queue",
                        Section.of("storage", STORAGE)
                                .with("block_on_overflow", true)
                                .with("batch", Section.of("flush_timeout", "1s").with("min_size", 8192)));
    }

    /** Its own lines are left out: each batch that fails would be logged, read and sent again. */
    private static Section files(Settings settings) {
        return Section.of("include", List.of("%s/*/*/*.log".formatted(LOGS)))
                .with("exclude", List.of("%s/%s_%s-*/%s/*.log".formatted(LOGS, settings.agentNamespace(), NAME, NAME)))
                .with("start_at", "end")
                .with("include_file_path", true)
                .with("include_file_name", false)
                .with("storage", STORAGE)
                .with("retry_on_failure", Section.of("enabled", true))
                .with(
                        "operators",
                        List.of(Section.of("type", "container").with("id", "container-parser"), entries(settings)));
    }

    /** A Java exception is one entry: lines that are indented or say what caused it belong to the line before. */
    private static Section entries(Settings settings) {
        String first = "body matches \"^[^\\\\s]\" and not (body matches \"^Caused by: \")";
        return Section.of("type", "recombine")
                .with("id", "stack-traces")
                .with("combine_field", "body")
                .with(
                        "is_first_entry",
                        settings.aiOps().logs().redact()
                                ? first.concat(" and not (%s)".formatted(INSIDE_A_KEY))
                                : first)
                .with("source_identifier", "attributes[\"log.file.path\"]")
                .with("force_flush_period", "1s");
    }

    /**
     * The path of the file names pod and container; the labels of the pod come from the API server. No line is read
     * before they are known, or the first ones after a start would be filed without.
     */
    private static Section podLabels() {
        return Section.of("auth_type", "serviceAccount")
                .with("wait_for_metadata", true)
                .with("wait_for_metadata_timeout", "30s")
                .with("filter", Section.of("node_from_env_var", NODE_VARIABLE))
                .with(
                        "extract",
                        Section.of("metadata", List.of("k8s.namespace.name", "k8s.pod.name", "k8s.node.name"))
                                .with(
                                        "labels",
                                        List.of(
                                                podLabel(LogLabels.APP, "app.kubernetes.io/name"),
                                                podLabel(LogLabels.APP, "app"),
                                                podLabel(LogLabels.VERSION, "version"))))
                .with(
                        "pod_association",
                        List.of(Section.of(
                                "sources",
                                List.of(Section.of("from", "resource_attribute").with("name", "k8s.pod.uid")))));
    }

    private static Section podLabel(String label, String key) {
        return Section.of("tag_name", label).with("key", key).with("from", "pod");
    }

    /** Names of labels that are the same whether an agent read the line or a proxy sent it. */
    private static Section labels() {
        return Section.of("error_mode", "ignore")
                .with(
                        "log_statements",
                        List.of(
                                set(
                                        "resource.attributes[\"%s\"]".formatted(LogLabels.NAMESPACE),
                                        "resource.attributes[\"k8s.namespace.name\"]"),
                                set(
                                        "resource.attributes[\"%s\"]".formatted(LogLabels.POD),
                                        "resource.attributes[\"k8s.pod.name\"]"),
                                set(
                                        "resource.attributes[\"%s\"]".formatted(LogLabels.CONTAINER),
                                        "resource.attributes[\"k8s.container.name\"]"),
                                set(
                                                "resource.attributes[\"%s\"]".formatted(LogLabels.APP),
                                                "resource.attributes[\"k8s.container.name\"]")
                                        + " where resource.attributes[\"%s\"] == nil".formatted(LogLabels.APP),
                                set(
                                        "resource.attributes[\"%s\"]".formatted(LogLabels.SERVICE),
                                        "resource.attributes[\"%s\"]".formatted(LogLabels.APP)),
                                set(
                                        "log.attributes[\"%s\"]".formatted(LogLabels.TYPE),
                                        "\"%s\"".formatted(LogLabels.APPLICATION)),
                                // Beside Envoy's access log, as text or as JSON, the container of the proxy writes the
                                // lines of Istio's agent.
                                set(
                                                "log.attributes[\"%s\"]".formatted(LogLabels.TYPE),
                                                "\"%s\"".formatted(LogLabels.ACCESS))
                                        + " where resource.attributes[\"k8s.container.name\"] == \"istio-proxy\""
                                        + " and IsMatch(log.body, \"^(\\\\[[0-9]{4}-|[{].*response_code)\")"));
    }

    private static String set(String target, String value) {
        return "set(%s, %s)".formatted(target, value);
    }
}
