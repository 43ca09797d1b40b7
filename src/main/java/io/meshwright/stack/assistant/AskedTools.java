package io.meshwright.stack.assistant;

import io.meshwright.construct.observability.settings.MonitoringDomain;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.environment.aiops.Assistant;
import io.meshwright.stack.monitoring.MonitoringSettings;
import io.meshwright.value.Name;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.telemetry.LokiPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The programs of the cluster that the assistant asks besides the API server, as far as somebody runs them. */
public final class AskedTools {
    /** The Service of the API server, which has no pods that a policy could name. */
    public static final Party API_SERVER = Party.outsideMesh(Name.of("kubernetes"), Name.of("default"), Map.of());

    private static final Name ARGO_CD = Name.of("argocd");
    private static final int ARGO_CD_PORT = 8080; // of argocd-server's pods [argo-cd, server flags]

    private final Environment environment;
    private final Assistant assistant;
    private final MonitoringDomain domain;

    public AskedTools(Environment environment) {
        this.environment = environment;
        this.assistant = Objects.requireNonNull(
                Objects.requireNonNull(environment.aiOps(), "aiOps").assistant(), "assistant");
        this.domain = new MonitoringSettings(environment).domain();
    }

    Assistant assistant() {
        return assistant;
    }

    /** Address of Prometheus inside the cluster; empty where nobody runs one. */
    Optional<String> prometheusUrl() {
        return environment.observability().parts().hasMetrics()
                ? Optional.of(domain.address(Tool.PROMETHEUS).inClusterUrl())
                : Optional.empty();
    }

    /** Address of Loki inside the cluster; empty where it is outside, or nobody runs one. */
    Optional<String> lokiUrl() {
        return loki().map(pods -> domain.address(Tool.LOKI).inClusterUrl());
    }

    /** Headers by which Loki knows the tenant. */
    Map<String, String> lokiHeaders() {
        return environment.observability().parts().loki() instanceof LokiPart.Existing existing
                        && existing.tenant() != null
                ? Map.of("X-Scope-OrgID", existing.tenant())
                : Map.of();
    }

    Optional<Party> prometheus() {
        int port = environment
                .observability()
                .parts()
                .existingPrometheus()
                .map(existing -> existing.targetPort().value())
                .orElse(Tool.PROMETHEUS.port());
        return new Parties(environment)
                .prometheus()
                .map(pods -> Party.outsideMesh(pods.name(), pods.namespace(), pods.podLabels(), TargetPort.http(port)));
    }

    Optional<Party> loki() {
        if (environment.observability().parts().runsLoki()) {
            return Optional.of(Party.outsideMesh(
                    Name.of("loki"),
                    environment.observability().namespace(),
                    Map.of("app", "loki"),
                    TargetPort.http(Tool.LOKI.port())));
        }
        return environment.observability().parts().loki() instanceof LokiPart.Existing existing
                ? Optional.of(Party.outsideMesh(
                        existing.service(),
                        existing.namespace(),
                        existing.podLabels(),
                        TargetPort.http(existing.targetPort().value())))
                : Optional.empty();
    }

    Optional<Party> argoCd() {
        return assistant.argoCdToken() == null
                ? Optional.empty()
                : Optional.of(Party.outsideMesh(
                        Name.of("argocd-server"),
                        ARGO_CD,
                        Map.of("app.kubernetes.io/name", "argocd-server"),
                        TargetPort.http(ARGO_CD_PORT)));
    }

    /** The parties that its sidecar must know, besides what every sidecar of the namespace knows. */
    public List<Party> called() {
        List<Party> called = new ArrayList<>();
        called.add(API_SERVER);
        prometheus().ifPresent(called::add);
        loki().ifPresent(called::add);
        argoCd().ifPresent(called::add);
        return called;
    }
}
