package io.meshwright.construct.observability;

import io.meshwright.construct.observability.ObservabilityStack.Props;
import io.meshwright.construct.observability.logs.CollectorConfig;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Kept;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.observability.settings.Volumes;
import io.meshwright.page.Markdown;
import io.meshwright.page.MarkdownTable;
import io.meshwright.value.Quantity;
import io.meshwright.value.workload.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A page for whoever operates one cluster: which tool is where, as whom it runs, what it keeps and which Secrets it
 * needs.
 */
public final class MonitoringPage {
    private final Props props;
    private final Plan plan;
    private final Set<String> synced;

    private MonitoringPage(Props props, Set<String> synced) {
        this.props = props;
        this.synced = synced;
        this.plan = new Plan(props);
    }

    /**
     * The page as Markdown.
     *
     * @param synced Secrets that a store syncs, as {@code namespace/name}
     */
    public static String of(Props props, Set<String> synced) {
        return new MonitoringPage(props, synced).text();
    }

    /** Keys of the Secrets that it needs, by {@code namespace/name}. */
    public static SortedMap<String, SortedSet<String>> secretKeys(Props props) {
        SortedMap<String, SortedSet<String>> keys = new TreeMap<>();
        NeededSecret.of(new Plan(props))
                .forEach(needed -> needed.namespaces()
                        .forEach(namespace -> keys.computeIfAbsent(
                                        "%s/%s"
                                                .formatted(
                                                        namespace,
                                                        needed.secret().name()),
                                        none -> new TreeSet<>())
                                .add(needed.key())));
        return keys;
    }

    private String text() {
        Markdown page = Markdown.titled(
                        "Monitoring of %s".formatted(props.settings().environment()))
                .paragraph("Generated from what is rendered; how to use it is in the [operator's guide]"
                        + "(../observability.md).")
                .heading("Tools")
                .table(tools());
        if (plan.runs(Component.OTEL_COLLECTOR)) {
            page.paragraph(
                    "The collector takes spans and log lines at `%s.%s.svc`: OTLP over gRPC on %d, over HTTP on %d."
                            .formatted(
                                    CollectorConfig.NAME,
                                    plan.namespace(Component.OTEL_COLLECTOR),
                                    CollectorConfig.GRPC_PORT,
                                    CollectorConfig.HTTP_PORT));
        }
        page.heading("Programs")
                .table(programs())
                .paragraph("Ports are those of the pod that others call, metrics and health among them; 15020 is the"
                        + " sidecar's. Node agents run once on every node.");
        keptVolumes().forEach(page::paragraph);
        if (!kept().isEmpty()) {
            page.heading("Kept").paragraph(kept());
        }
        if (!NeededSecret.of(plan).isEmpty()) {
            page.heading("Secrets").table(secrets());
            commands(page);
        }
        return page.toString();
    }

    private MarkdownTable tools() {
        MarkdownTable table = MarkdownTable.narrow("tool", "for people", "in the cluster");
        Stream.of(Tool.values())
                .map(plan::address)
                .filter(address -> plan.runs(address.tool().component())
                        || address.elsewhere().isPresent())
                .forEach(address -> table.markdown(
                        address.tool().service(), forPeople(address), "`%s`".formatted(address.inClusterUrl())));
        return table;
    }

    private static String forPeople(ToolAddress address) {
        if (address.elsewhere().isPresent()) {
            return "run by others";
        }
        return address.isExposed() ? "<%s/>".formatted(address.url()) : "port-forward only";
    }

    private MarkdownTable programs() {
        MarkdownTable table = MarkdownTable.narrow(
                "program",
                "namespace",
                "image",
                "user",
                "ports",
                "requests",
                "memory limit",
                "volume",
                "storage class");
        plan.running().forEach(component -> program(table, component));
        return table;
    }

    private void program(MarkdownTable table, Component component) {
        Resources resources = plan.resources(component);
        table.markdown(
                component.app(),
                plan.namespace(component).toString(),
                "`%s`".formatted(plan.image(component)),
                String.valueOf(component.user()),
                ports(component),
                "%s CPU, %s"
                        .formatted(
                                resources.requests().cpu(), resources.requests().memory()),
                resources.limits().memory().toString(),
                volume(component).map(Quantity::toString).orElse(""),
                volume(component).map(size -> storageClass(component)).orElse(""));
    }

    private String storageClass(Component component) {
        String own = props.settings().volumes().termsOf(component).storageClass();
        return own == null ? "the cluster's default" : own;
    }

    /** Returns the volumes whose class stays though it should not, on whose word and until when. */
    private List<String> keptVolumes() {
        return plan.running().stream()
                .filter(component -> volume(component).isPresent())
                .flatMap(component -> props.settings().volumes().termsOf(component).kept().stream()
                        .map(kept -> "The volume of %s keeps its class until %s (%s): %s."
                                .formatted(component.app(), kept.expires(), kept.owner(), kept.reason())))
                .toList();
    }

    private String ports(Component component) {
        SortedSet<Integer> ports = new TreeSet<>();
        new Calls(plan)
                .of(component).values().stream()
                        .flatMap(SortedSet::stream)
                        .forEach(port -> ports.add(port.number().value()));
        if (component == Component.OTEL_COLLECTOR) {
            ports.addAll(List.of(CollectorConfig.GRPC_PORT, CollectorConfig.HTTP_PORT, CollectorConfig.HEALTH_PORT));
        }
        if (component == Component.LOG_AGENT) {
            ports.add(CollectorConfig.HEALTH_PORT);
        }
        Stream.of(Tool.values())
                .filter(tool -> tool.service().equals(component.app()))
                .map(plan::address)
                .forEach(address -> ports.addAll(
                        List.of(address.tool().port(), address.readiness().port())));
        return ports.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    private Optional<Quantity> volume(Component component) {
        Volumes volumes = props.settings().volumes();
        return Optional.ofNullable(
                switch (component) {
                    case PROMETHEUS -> volumes.prometheus();
                    case LOKI -> volumes.loki();
                    case JAEGER -> volumes.jaeger();
                    case GRAFANA -> volumes.grafana();
                    case ALERTMANAGER -> volumes.alertmanager();
                    case GRAFANA_BACKUP -> volumes.backups();
                    default -> null;
                });
    }

    private String kept() {
        Kept kept = props.settings().kept();
        List<String> sentences = new ArrayList<>();
        if (plan.runs(Component.PROMETHEUS)) {
            sentences.add("Metrics for %s, or until four fifths of the volume are full.".formatted(kept.metrics()));
        }
        if (plan.runs(Component.LOKI)) {
            sentences.add("Logs for %s.".formatted(kept.logs()));
        }
        if (plan.runs(Component.JAEGER)) {
            sentences.add("Traces for %s.".formatted(kept.traces()));
        }
        if (plan.runs(Component.GRAFANA)) {
            sentences.add("The last %d backups of Grafana, made at `%s` (UTC)."
                    .formatted(kept.backups(), props.backupSchedule()));
        }
        return String.join(" ", sentences);
    }

    private MarkdownTable secrets() {
        MarkdownTable table = MarkdownTable.narrow("Secret", "key", "namespaces", "for");
        NeededSecret.of(plan).forEach(secret -> secret.row(table));
        return table;
    }

    private void commands(Markdown page) {
        Set<String> made = new TreeSet<>();
        List<String> commands = NeededSecret.of(plan).stream()
                .flatMap(needed -> needed.commands(synced, made).stream())
                .toList();
        if (commands.isEmpty()) {
            page.paragraph("All of them are synced from the store.");
        } else {
            page.paragraph(
                            "No store syncs these; pods wait for them, so that they can be made while the first sync runs:")
                    .code("", commands);
        }
    }
}
