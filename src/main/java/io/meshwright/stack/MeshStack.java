package io.meshwright.stack;

import io.meshwright.construct.ProxyTelemetry;
import io.meshwright.construct.delivery.istio.IstioDrift;
import io.meshwright.construct.delivery.istio.RevisionTag;
import io.meshwright.construct.delivery.istio.Webhooks;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.security.MeshMtls;
import io.meshwright.environment.ControlPlane;
import io.meshwright.environment.ControlPlanes;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Istio;
import io.meshwright.environment.Istio.NamespaceTelemetry;
import io.meshwright.environment.Parties;
import io.meshwright.value.Name;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cdk8s.Chart;
import software.constructs.Construct;

/**
 * Settings of the whole mesh: mutual TLS with its exceptions, the control plane that a tag means, and the telemetry of
 * proxies.
 */
final class MeshStack extends Chart {
    static final String ID = "mesh";
    private static final List<Name> PROMETHEUS = List.of(Name.of("prometheus"));

    private final List<IgnoredDifference> drift = new ArrayList<>();

    MeshStack(Construct scope, Environment environment, Parties parties) {
        super(scope, ID);
        MeshMtls.Builder.create(this, "mtls").plan(parties.mtls()).build();
        ProxyTelemetry.of(
                this,
                "telemetry",
                new ProxyTelemetry.Props(
                        Name.of("mesh-default"),
                        Parties.ISTIO_SYSTEM,
                        List.of(),
                        environment.observability().parts().hasTraces() ? Istio.TRACING : null,
                        environment.istio().telemetry().sampling(),
                        Map.of(),
                        PROMETHEUS));
        ControlPlanes planes = environment.istio().controlPlanes();
        planes.tags().keySet().forEach(tag -> tag(tag, planes.serving(tag)));
        drift.addAll(Webhooks.and(
                planes.tags().keySet().stream().map(IstioDrift::tag).toList(),
                environment.cluster().platform().webhookExpressions()));
        environment
                .istio()
                .telemetry()
                .namespaces()
                .forEach((name, settings) -> namespace(environment, name, settings));
    }

    /** The fields of these objects that istiod writes. */
    List<IgnoredDifference> drift() {
        return List.copyOf(drift);
    }

    private void tag(Name tag, ControlPlane plane) {
        RevisionTag.Builder.create(this, "tag-%s".formatted(tag))
                .tag(tag)
                .revision(InstalledCharts.revision(plane))
                .build();
    }

    private void namespace(Environment environment, Name name, NamespaceTelemetry settings) {
        double sampling =
                settings.sampling() == null ? environment.istio().telemetry().sampling() : settings.sampling();
        ProxyTelemetry.of(
                this,
                "telemetry-%s".formatted(name),
                new ProxyTelemetry.Props(
                        name,
                        settings.namespace(),
                        settings.accessLogs(),
                        settings.tracing(),
                        sampling,
                        settings.tags(),
                        settings.metrics()));
    }
}
