package io.meshwright.construct.observability;

import static io.meshwright.construct.observability.ReadRights.read;
import static io.meshwright.construct.observability.ReadRights.rule;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.meshwright.construct.observability.kiali.KialiConfig;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.Credentials;
import io.meshwright.construct.observability.settings.KialiLogin;
import io.meshwright.construct.observability.settings.Settings;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.pod.PodMount;
import io.meshwright.construct.pod.PodVolume;
import io.meshwright.value.SecretRef;
import io.meshwright.value.workload.Protocol;
import io.meshwright.value.workload.ServicePort;
import java.util.List;
import software.constructs.Construct;

/**
 * Runs Kiali, the map of the mesh: with an identity of its own that outlives its pod (incident I6), and with rights to
 * look only.
 */
final class KialiServer {
    private final Program program;
    private final Plan plan;

    KialiServer(Construct scope, Plan plan) {
        this.plan = plan;
        this.program = new Program(scope, plan, Component.KIALI);
    }

    void run() {
        Settings settings = plan.settings();
        Credentials credentials = plan.props().credentials();
        ToolAddress address = plan.address(Tool.KIALI);
        program.file("kiali", KialiConfig.FILE, KialiConfig.text(settings))
                .port(ServicePort.http(address.tool().port()))
                .port(ServicePort.of(
                        "http-metrics",
                        address.metrics().port(),
                        address.metrics().port(),
                        Protocol.HTTP))
                .probes(address.readiness().path(), address.liveness().path(), "http", 120)
                .scraped(address.metrics())
                .container(container -> container
                        .command(List.of("/opt/kiali/kiali", "-config", KialiConfig.FILE))
                        .envFromField("ACTIVE_NAMESPACE", "metadata.namespace"))
                .pod(pod -> pod.token(true));
        if (!(settings.kialiLogin() instanceof KialiLogin.Anonymous)) {
            secret("signing-key", credentials.kialiSigningKey(), secretFile(KialiConfig.SIGNING_KEY));
        }
        if (plan.address(Tool.GRAFANA).isExposed()) {
            secret("grafana", credentials.grafanaAdmin(), secretFile(KialiConfig.GRAFANA_PASSWORD));
        }
        if (settings.kialiLogin() instanceof KialiLogin.OpenId openId) {
            secret("openid", openId.clientSecret(), KialiConfig.OPENID_SECRET);
        }
        settings.aiOps().kialiChat().ifPresent(chat -> secret("model", chat.key(), KialiConfig.MODEL_KEY));
        new ReadRights(program, Component.KIALI, plan.namespace(Component.KIALI), rights());
        program.run(1);
    }

    private void secret(String volume, SecretRef secret, String file) {
        program.volume(
                PodVolume.secret(volume, secret.name()),
                new PodMount(volume, file, secret.key().orElseThrow(), true));
    }

    private static String secretFile(String folder) {
        return "%s/%s/%s".formatted(KialiConfig.SECRETS, folder, KialiConfig.SECRET_FILE);
    }

    /**
     * Kiali's own viewer role: it keeps informers on every one of these kinds, and does not start without. It asks
     * istiod through a port that it forwards, and asks the API server whose token a person has pasted.
     */
    private static List<PolicyRule> rights() {
        return List.of(
                read(
                        "",
                        "configmaps",
                        "endpoints",
                        "namespaces",
                        "pods",
                        "pods/log",
                        "replicationcontrollers",
                        "services"),
                rule("", List.of("create"), "pods/portforward"),
                read("apps", "daemonsets", "deployments", "replicasets", "statefulsets"),
                read("batch", "cronjobs", "jobs"),
                read("networking.istio.io", "*"),
                read("security.istio.io", "*"),
                read("extensions.istio.io", "*"),
                read("telemetry.istio.io", "*"),
                read("gateway.networking.k8s.io", "*"),
                read("inference.networking.k8s.io", "*"),
                read("admissionregistration.k8s.io", "mutatingwebhookconfigurations"),
                rule("authentication.k8s.io", List.of("create"), "tokenreviews"));
    }
}
