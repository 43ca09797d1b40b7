package io.meshwright.construct.observability.metrics;

import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.observability.text.ConfigText;
import io.meshwright.construct.observability.text.Section;
import io.meshwright.value.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/**
 * Prometheus' configuration file and arguments: what it scrapes, which rules it runs, whom it alerts and what it keeps.
 */
public final class PrometheusConfig {
    /** Path in the pod of its rule files. */
    public static final String RULES = "/etc/prometheus/rules";

    /** Path in the pod of the file that {@link #text} gives. */
    public static final String FILE = "/etc/prometheus/config/prometheus.yaml";

    /** Mount path of the volume. */
    public static final String DATA = "/prometheus";

    // The rest is for the write-ahead log, which the limit counts, and for compaction, which it does not
    // (prometheus.io, storage: at most 80 to 85 % of the volume).
    private static final BigDecimal SHARE_OF_VOLUME = new BigDecimal("0.8");
    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1024 * 1024);

    private PrometheusConfig() {}

    public static String text(Settings settings) {
        return ConfigText.yaml(Section.of("global", global(settings))
                .with("storage", storage(settings))
                .with("rule_files", List.of("%s/*.yaml".formatted(RULES)))
                .with("alerting", alerting(settings.address(Tool.ALERTMANAGER)))
                .with("scrape_configs", ScrapeJobs.of(settings))
                .withAny("remote_write", RemoteStores.of(settings.parts().remoteWrite())));
    }

    /**
     * The program's arguments. The lifecycle API stays off: whoever reaches the page could stop the program with it,
     * and a changed file reaches the pod by a new pod.
     */
    public static List<String> arguments(Settings settings) {
        ToolAddress address = settings.address(Tool.PROMETHEUS);
        List<String> arguments = new ArrayList<>(List.of(
                "--config.file=%s".formatted(FILE),
                "--storage.tsdb.path=%s".formatted(DATA),
                "--web.external-url=%s".formatted(address.url()),
                "--web.route-prefix=%s".formatted(address.root())));
        if (settings.aiOps().warnsOfServices()) {
            // Loki counts the lines of the services and writes them here.
            arguments.add("--web.enable-remote-write-receiver");
        }
        return arguments;
    }

    private static Section global(Settings settings) {
        return Section.of("scrape_interval", "30s")
                .with("scrape_timeout", "10s")
                .with("evaluation_interval", "30s")
                .with(
                        "external_labels",
                        Section.of("cluster", settings.environment().value()));
    }

    /**
     * In the file, where 3.11 put it: the flags are deprecated. A share of the disk would be the node's on a local
     * path.
     */
    private static Section storage(Settings settings) {
        return Section.of(
                "tsdb",
                Section.of(
                        "retention",
                        Section.of("time", settings.kept().metrics().value())
                                .with(
                                        "size",
                                        "%sMB"
                                                .formatted(mebibytes(
                                                        settings.volumes().prometheus())))));
    }

    private static BigDecimal mebibytes(Quantity volume) {
        return volume.amount().multiply(SHARE_OF_VOLUME).divide(MEBIBYTE, 0, RoundingMode.DOWN);
    }

    private static Section alerting(ToolAddress alertmanager) {
        Section target = Section.of("path_prefix", alertmanager.root())
                .with(
                        "static_configs",
                        List.of(Section.of(
                                "targets",
                                List.of("%s:%d"
                                        .formatted(
                                                alertmanager.host(),
                                                alertmanager.tool().port())))));
        return Section.of("alertmanagers", List.of(target));
    }
}
