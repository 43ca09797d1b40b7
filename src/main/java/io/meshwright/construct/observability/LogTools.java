package io.meshwright.construct.observability;

import static io.meshwright.construct.observability.ReadRights.read;

import io.meshwright.construct.observability.logs.CollectorConfig;
import io.meshwright.construct.observability.logs.LogAgentConfig;
import io.meshwright.construct.observability.logs.LogRules;
import io.meshwright.construct.observability.logs.LokiConfig;
import io.meshwright.construct.observability.logs.OutsideStores;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.observability.traces.JaegerConfig;
import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.ServicePort;
import java.util.List;
import java.util.SortedMap;
import software.constructs.Construct;

/**
 * Runs the programs for logs and traces: Loki, Jaeger, the collector that takes from proxies and applications, and the
 * agent on every node.
 */
final class LogTools {
    private static final String COLLECTOR_FILE = "/etc/otelcol/config.yaml";

    private final Construct scope;
    private final Plan plan;
    private final Settings settings;
    private final OutsideStores stores;

    LogTools(Construct scope, Plan plan) {
        this.scope = scope;
        this.plan = plan;
        this.settings = plan.settings();
        this.stores = OutsideStores.of(settings.parts());
    }

    void run() {
        if (plan.runs(Component.LOKI)) {
            loki();
        }
        if (plan.runs(Component.JAEGER)) {
            jaeger();
        }
        if (plan.runs(Component.OTEL_COLLECTOR)) {
            collector();
        }
        if (plan.runs(Component.LOG_AGENT)) {
            agent();
        }
    }

    private void loki() {
        ToolAddress address = plan.address(Tool.LOKI);
        Program program = new Program(scope, plan, Component.LOKI);
        SortedMap<String, String> rules = LogRules.files(settings);
        if (!rules.isEmpty()) {
            program.files("loki-rules", LogRules.FOLDER, rules);
        }
        program.file("loki", LokiConfig.FILE, LokiConfig.text(settings))
                .data(LokiConfig.DATA, settings.volumes().loki())
                .scratch("/tmp", "256Mi")
                .port(ServicePort.http(address.tool().port()))
                .probes(address.readiness().path(), address.liveness().path(), "http", 300)
                .scraped(address.metrics())
                .container(container -> container.args(LokiConfig.arguments()))
                .pod(pod -> pod.graceSeconds(120))
                .run(1);
    }

    private void jaeger() {
        ToolAddress address = plan.address(Tool.JAEGER);
        new Program(scope, plan, Component.JAEGER)
                .file("jaeger", JaegerConfig.FILE, JaegerConfig.text(settings))
                .data(JaegerConfig.DATA, settings.volumes().jaeger())
                .scratch("/tmp", "64Mi")
                .port(ServicePort.of(
                        "http-query", address.tool().port(), address.tool().port(), Protocol.HTTP))
                .port(ServicePort.of("grpc-query", JaegerConfig.QUERY_PORT, JaegerConfig.QUERY_PORT, Protocol.GRPC))
                .port(ServicePort.of("grpc-otlp", JaegerConfig.OTLP_PORT, JaegerConfig.OTLP_PORT, Protocol.GRPC))
                .port(ServicePort.of(
                        "http-health",
                        address.readiness().port(),
                        address.readiness().port(),
                        Protocol.HTTP))
                .probes(address.readiness().path(), address.liveness().path(), "http-health", 300)
                .scraped(address.metrics())
                .container(container -> container.args(List.of("--config=%s".formatted(JaegerConfig.FILE))))
                .run(1);
    }

    /** The ports are named and declared as gRPC, or Envoy speaks HTTP/1.1 to them and no span arrives. */
    private void collector() {
        new Program(scope, plan, Component.OTEL_COLLECTOR)
                .file(CollectorConfig.NAME, COLLECTOR_FILE, CollectorConfig.text(settings))
                .port(ServicePort.of("grpc-otlp", CollectorConfig.GRPC_PORT, CollectorConfig.GRPC_PORT, Protocol.GRPC))
                .port(ServicePort.of("http-otlp", CollectorConfig.HTTP_PORT, CollectorConfig.HTTP_PORT, Protocol.HTTP))
                .inside("health", CollectorConfig.HEALTH_PORT)
                .probes("/", "/", "health", 60)
                .scraped(new ToolAddress.Path(CollectorConfig.METRICS_PORT, "/metrics"))
                .container(container -> container
                        .args(List.of("--config=%s".formatted(COLLECTOR_FILE)))
                        .secretEnv(stores.secrets(Component.OTEL_COLLECTOR)))
                .pod(pod -> pod.spreadOver(List.of("kubernetes.io/hostname")))
                .run(plan.props().sizes().collectors());
    }

    private void agent() {
        Program program = new Program(scope, plan, Component.LOG_AGENT)
                .file(LogAgentConfig.NAME, COLLECTOR_FILE, LogAgentConfig.text(settings))
                .volume(
                        PodVolume.host("logs", LogAgentConfig.LOGS, "Directory"),
                        PodMount.readOnly("logs", LogAgentConfig.LOGS))
                .volume(
                        PodVolume.host("positions", LogAgentConfig.POSITIONS, "DirectoryOrCreate"),
                        PodMount.writable("positions", LogAgentConfig.POSITIONS))
                .inside("health", CollectorConfig.HEALTH_PORT)
                .probes("/", "/", "health", 60)
                .scraped(new ToolAddress.Path(CollectorConfig.METRICS_PORT, "/metrics"))
                .container(container -> container
                        .args(List.of("--config=%s".formatted(COLLECTOR_FILE)))
                        .secretEnv(stores.secrets(Component.LOG_AGENT))
                        .envFromField(LogAgentConfig.NODE_VARIABLE, "spec.nodeName"))
                // Root, because only root reads the log files of the node (checkov CKV_K8S_23).
                .pod(pod -> pod.token(true).placement(Pod.Placement.EVERY_NODE));
        new ReadRights(
                program,
                Component.LOG_AGENT,
                plan.namespace(Component.LOG_AGENT),
                List.of(read("", "namespaces", "pods"), read("apps", "replicasets")));
        program.run(1);
    }
}
