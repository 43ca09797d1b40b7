package io.meshwright.construct.observability.logs;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import java.util.List;

/** Loki's configuration file and arguments: one process that stores on its volume and deletes by age. */
public final class LokiConfig {
    /** Path in the pod of the file that {@link #text} gives. */
    public static final String FILE = "/etc/loki/loki.yaml";

    /** Mount path of the volume. */
    public static final String DATA = "/loki";

    static final int GRPC_PORT = 9095;

    // Before the first line of every environment; a line older than this would have no schema and be refused. Never to
    // be changed: it says how what is stored already is to be read.
    private static final String FIRST_DAY = "2025-01-01";

    private static final String PATTERNS_OF = "15m";

    private LokiConfig() {}

    public static String text(Settings settings) {
        Section config = Section.of("auth_enabled", false)
                .with(
                        "server",
                        Section.of("http_listen_port", Tool.LOKI.port())
                                .with("grpc_listen_port", GRPC_PORT)
                                .with("log_level", "warn"))
                .with("common", common())
                .with("schema_config", Section.of("configs", List.of(schema())))
                .with("compactor", compactor())
                .with("limits_config", limits(settings))
                .with(
                        "query_range",
                        Section.of(
                                "results_cache",
                                Section.of(
                                        "cache",
                                        Section.of(
                                                "embedded_cache",
                                                Section.of("enabled", true).with("max_size_mb", 64)))))
                .with("analytics", Section.of("reporting_enabled", false));
        if (settings.aiOps().warnsOfServices()) {
            config.with("ruler", LogRules.ruler(settings));
        }
        if (settings.aiOps().logs().patterns()) {
            config.with("pattern_ingester", patterns());
        }
        return ConfigText.yaml(config);
    }

    public static List<String> arguments() {
        return List.of("-config.file=%s".formatted(FILE), "-target=all");
    }

    private static Section common() {
        return Section.of("path_prefix", DATA)
                .with("replication_factor", 1)
                .with("instance_addr", "127.0.0.1")
                .with("ring", Section.of("kvstore", Section.of("store", "inmemory")))
                .with(
                        "storage",
                        Section.of(
                                "filesystem",
                                Section.of("chunks_directory", "%s/chunks".formatted(DATA))
                                        .with("rules_directory", "%s/rules".formatted(DATA))));
    }

    /** Deletion by age works only with an index of 24 hours (Loki, operations/storage/retention). */
    private static Section schema() {
        return Section.of("from", FIRST_DAY)
                .with("store", "tsdb")
                .with("object_store", "filesystem")
                .with("schema", "v13")
                .with("index", Section.of("prefix", "index_").with("period", "24h"));
    }

    /** Loki does not start with retention and without a store for its delete requests (pkg/compactor/config.go). */
    private static Section compactor() {
        return Section.of("working_directory", "%s/compactor".formatted(DATA))
                .with("retention_enabled", true)
                .with("delete_request_store", "filesystem")
                .with("compaction_interval", "10m")
                .with("retention_delete_delay", "2h");
    }

    private static Section limits(Settings settings) {
        String kept = "%dh".formatted(settings.kept().logs().hours());
        Section limits = Section.of("retention_period", kept)
                .with("max_query_lookback", kept)
                .with("reject_old_samples_max_age", kept)
                .with("ingestion_rate_mb", 8)
                .with("ingestion_burst_size_mb", 16)
                .with("max_line_size_truncate", true)
                .with(
                        "otlp_config",
                        Section.of(
                                "resource_attributes",
                                Section.of("ignore_defaults", true)
                                        .with(
                                                "attributes_config",
                                                List.of(Section.of("action", "index_label")
                                                        .with("attributes", LogLabels.all(settings))))));
        return settings.aiOps().logs().patterns()
                ? limits.with("pattern_persistence_enabled", true)
                        .with("pattern_persistence_granularity", PATTERNS_OF)
                        // Else only kinds that come every second are written down.
                        .with("pattern_rate_threshold", 0)
                : limits;
    }

    /**
     * The kinds of lines that are alike are kept in memory for a quarter of an hour and then written as lines of Loki's
     * own. Nothing else would outlive the pod, and no query but that of one page of Grafana sees what is in memory
     * (pattern/ingester.go of Loki 3.7). It writes by the port on which it listens itself.
     */
    private static Section patterns() {
        return Section.of("enabled", true)
                .with("max_chunk_age", PATTERNS_OF)
                .with("retain_for", PATTERNS_OF)
                .with(
                        "pattern_persistence",
                        Section.of("loki_address", "127.0.0.1:%d".formatted(Tool.LOKI.port()))
                                .with("push_period", "1m"));
    }
}
