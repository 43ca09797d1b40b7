package io.meshwright.construct.observability;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.meshwright.construct.KubernetesObject;
import io.meshwright.construct.observability.logs.CollectorConfig;
import io.meshwright.construct.observability.metrics.ScrapeJob;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.KialiLogin;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.value.security.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.constructs.Construct;

/**
 * Denies in the namespaces of monitoring what the stack does not need: for each program one NetworkPolicy that admits
 * its callers and lets it call, both from one table.
 */
final class Firewall extends Construct {
    private static final int HTTPS = 443;
    /** The API server as its own process listens: network plugins differ in which port they check. */
    private static final int API_SERVER = 6443;

    private static final int XDS = 15012;
    /**
     * Metrics of Istio's CNI agents, which ask to be scraped and stand in the nodes' network (istio-cni, since 1.25).
     */
    private static final int ISTIO_CNI = 15014;

    private final Plan plan;
    private final Calls calls;
    private final SortedSet<String> guarded;

    Firewall(Construct scope, Plan plan) {
        super(scope, "firewall");
        this.plan = plan;
        this.calls = new Calls(plan);
        // Kiali may stand in istio-system, where denying everything would stop the mesh; its own pods are policed.
        this.guarded = new TreeSet<>(
                List.of(plan.settings().domain().namespace(), plan.settings().agentNamespace()));
        guarded.forEach(this::denyAll);
        Calls.policed().forEach(this::admit);
    }

    private void denyAll(String namespace) {
        KubernetesObject.of(
                this,
                "deny-%s".formatted(namespace),
                new NetworkPolicyBuilder()
                        .withMetadata(metadata("default-deny", namespace))
                        .withNewSpec()
                        .withPodSelector(Peers.selector(Map.of()))
                        .withPolicyTypes("Ingress", "Egress")
                        .endSpec()
                        .build());
    }

    private void admit(Component component) {
        KubernetesObject.of(
                this,
                component.app(),
                new NetworkPolicyBuilder()
                        .withMetadata(metadata(component.app(), namespace(component)))
                        .withNewSpec()
                        .withPodSelector(Peers.selector(labels(component)))
                        .withPolicyTypes("Ingress", "Egress")
                        .withIngress(ingress(component))
                        .withEgress(egress(component))
                        .endSpec()
                        .build());
    }

    private List<NetworkPolicyIngressRule> ingress(Component server) {
        List<NetworkPolicyIngressRule> rules = new ArrayList<>();
        calls.of(server).forEach((client, ports) -> rules.add(Peers.from(pods(client), ports)));
        exposed(server)
                .ifPresent(address -> plan.props()
                        .entrance()
                        .gateway()
                        .ifPresent(gateway -> rules.add(Peers.from(
                                Peers.pods(gateway.namespace().toString(), gateway.podLabels()),
                                List.of(address.tool().port())))));
        if (server == Component.OTEL_COLLECTOR) {
            rules.add(Peers.from(Peers.everyPod(), List.of(CollectorConfig.GRPC_PORT, CollectorConfig.HTTP_PORT)));
        }
        if (server == Component.PROMETHEUS) {
            for (Party reader : plan.props().metricsReaders()) {
                rules.add(Peers.from(
                        Peers.pods(reader.namespace().toString(), reader.podLabels()),
                        List.of(Tool.PROMETHEUS.port())));
            }
        }
        return rules;
    }

    private List<NetworkPolicyEgressRule> egress(Component client) {
        List<NetworkPolicyEgressRule> rules = new ArrayList<>();
        if (client == Component.GRAFANA_BACKUP) {
            return rules;
        }
        rules.add(Peers.dns());
        calls.by(client).forEach((server, ports) -> {
            if (Calls.policed().contains(server)) {
                rules.add(Peers.to(pods(server), ports));
            }
        });
        if (plan.inMesh(client)) {
            rules.add(Peers.to(
                    Peers.pods(plan.settings().mesh().istioNamespace(), Map.of("app", "istiod")), List.of(XDS)));
            rules.add(Peers.to(pods(Component.OTEL_COLLECTOR), List.of(CollectorConfig.GRPC_PORT)));
        }
        switch (client) {
            // Any pod of the cluster may ask to be scraped, on any port.
            case PROMETHEUS -> {
                rules.add(Peers.to(Peers.everyPod(), List.of()));
                rules.add(Peers.to(
                        Peers.everyAddress(),
                        List.of(
                                HTTPS,
                                API_SERVER,
                                ScrapeJob.KUBELET.port(),
                                ScrapeJob.NODE_EXPORTER.port(),
                                ISTIO_CNI)));
            }
            case KUBE_STATE_METRICS, LOG_AGENT, KIALI ->
                rules.add(Peers.to(Peers.everyAddress(), List.of(HTTPS, API_SERVER)));
            default -> {}
        }
        if (callsOut(client)) {
            rules.add(Peers.to(Peers.everyAddress(), List.of(HTTPS)));
        }
        return rules;
    }

    /** Slack and providers of logins stand outside the cluster, and a NetworkPolicy knows no host names. */
    private boolean callsOut(Component client) {
        return client == Component.ALERTMANAGER
                        && plan.settings().notifications().isPresent()
                || client == Component.KIALI && plan.settings().kialiLogin() instanceof KialiLogin.OpenId;
    }

    private Optional<ToolAddress> exposed(Component component) {
        return plan.settings().domain().exposed().stream()
                .filter(address -> address.tool().service().equals(component.app()))
                .findFirst();
    }

    private NetworkPolicyPeer pods(Component component) {
        return Peers.pods(namespace(component), labels(component));
    }

    private String namespace(Component component) {
        return plan.namespace(component).toString();
    }

    private static Map<String, String> labels(Component component) {
        return Map.of("app", component.app());
    }

    private static ObjectMeta metadata(String name, String namespace) {
        return new ObjectMetaBuilder().withName(name).withNamespace(namespace).build();
    }
}
