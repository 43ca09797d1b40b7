package io.meshwright.construct.observability;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.meshwright.construct.network.ClusterParties;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.observability.logs.CollectorConfig;
import io.meshwright.construct.observability.logs.OutsideStores;
import io.meshwright.construct.observability.metrics.ScrapeJob;
import io.meshwright.construct.observability.settings.Component;
import io.meshwright.construct.observability.settings.KialiLogin;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.telemetry.RemoteWrite;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import software.constructs.Construct;

/**
 * Denies in the namespaces of monitoring what the stack does not need: for each program one NetworkPolicy that admits
 * its callers and lets it call, both from one table.
 */
final class Firewall extends Construct {
    private static final Port HTTPS = Port.of(443);

    private final Plan plan;
    private final Calls calls;
    private final NetworkPolicies policies = new NetworkPolicies(this);

    Firewall(Construct scope, Plan plan) {
        super(scope, "firewall");
        this.plan = plan;
        this.calls = new Calls(plan);
        // Kiali may stand in istio-system, where denying everything would stop the mesh; its own pods are policed.
        TreeSet<String> namespaces =
                new TreeSet<>(List.of(plan.settings().domain().namespace()));
        if (plan.settings().parts().runsOnNodes()) {
            namespaces.add(plan.settings().agentNamespace());
        }
        namespaces.forEach(
                namespace -> policies.denyAll("deny-%s".formatted(namespace), "default-deny", Name.of(namespace)));
        Calls.policed(plan).forEach(this::admit);
        Stream.of(Component.values()).forEach(this::admitForeign);
        plan.settings().parts().remoteWrite().forEach(this::admitStore);
    }

    /** Prometheus reaches every pod, and a store in a namespace of this file does not let it in of itself. */
    private void admitStore(Name name, RemoteWrite store) {
        if (store instanceof RemoteWrite.Existing existing
                && plan.props().guarded().contains(existing.namespace())) {
            policies.ingress(
                    "store-%s".formatted(name),
                    "prometheus-writes-%s".formatted(name),
                    Party.outsideMesh(existing.service(), existing.namespace(), existing.podLabels()),
                    List.of(NetworkRules.from(
                            List.of(plan.party(Component.PROMETHEUS)),
                            tcp(existing.targetPort().value()))));
        }
    }

    /** Admits what others run in a namespace of this file, which denies what nobody declared: its calls, both ways. */
    private void admitForeign(Component component) {
        plan.foreign(component)
                .filter(pods -> plan.props().guarded().contains(pods.namespace()))
                .ifPresent(pods -> policies.both(
                        "existing-%s".formatted(component.app()),
                        "monitoring-%s".formatted(component.app()),
                        pods,
                        ingress(component),
                        egress(component)));
    }

    private void admit(Component component) {
        policies.both(component.app(), component.app(), plan.party(component), ingress(component), egress(component));
    }

    private List<NetworkPolicyIngressRule> ingress(Component server) {
        List<NetworkPolicyIngressRule> rules = new ArrayList<>();
        calls.of(server).forEach((client, ports) -> rules.add(NetworkRules.from(List.of(plan.party(client)), ports)));
        exposed(server)
                .ifPresent(address -> plan.props()
                        .entrance()
                        .gateway()
                        .ifPresent(gateway -> rules.add(NetworkRules.from(
                                List.of(gateway), tcp(address.tool().port())))));
        if (server == Component.PROMETHEUS || server == Component.ALERTMANAGER) {
            // They ask whether an alert is raised, and tell what they did.
            plan.settings()
                    .aiOps()
                    .healers()
                    .forEach(healer -> rules.add(NetworkRules.from(List.of(healer.pods()), tcp(own(server)))));
        }
        if (server == Component.OTEL_COLLECTOR) {
            rules.add(NetworkRules.fromEveryPod(tcp(CollectorConfig.GRPC_PORT, CollectorConfig.HTTP_PORT)));
        }
        if (server == Component.PROMETHEUS) {
            plan.props()
                    .metricsReaders()
                    .forEach(reader -> rules.add(NetworkRules.from(List.of(reader), tcp(port(server)))));
        }
        return rules;
    }

    private List<NetworkPolicyEgressRule> egress(Component client) {
        List<NetworkPolicyEgressRule> rules = new ArrayList<>();
        if (client == Component.GRAFANA_BACKUP) {
            return rules;
        }
        rules.add(NetworkRules.toDns());
        calls.by(client).forEach((server, ports) -> {
            if (server != Component.NODE_EXPORTER) {
                rules.add(NetworkRules.to(plan.party(server), ports));
            }
        });
        if (plan.inMesh(client) && plan.runs(client)) {
            rules.add(NetworkRules.to(
                    ClusterParties.istiod(Name.of(plan.settings().mesh().istioNamespace()))));
            if (plan.runs(Component.OTEL_COLLECTOR)) {
                rules.add(NetworkRules.to(plan.party(Component.OTEL_COLLECTOR), tcp(CollectorConfig.GRPC_PORT)));
            }
        }
        switch (client) {
            // Any pod of the cluster may ask to be scraped, on any port.
            case PROMETHEUS -> {
                rules.add(NetworkRules.toEveryPod());
                if (plan.runs(client)) {
                    rules.add(NetworkRules.toAnywhere(scrapedOnNodes()));
                }
            }
            case ALERTMANAGER ->
                plan.settings().aiOps().healers().forEach(healer -> rules.add(NetworkRules.to(healer.pods())));
            case KUBE_STATE_METRICS, LOG_AGENT, KIALI -> rules.add(NetworkRules.toAnywhere(NetworkRules.API_SERVER));
            default -> {}
        }
        SortedSet<Port> outside = calledOutside(client);
        if (!outside.isEmpty()) {
            rules.add(NetworkRules.toAnywhere(outside));
        }
        return rules;
    }

    /** The API server, and all that stands in the nodes' own network. */
    private static List<Port> scrapedOnNodes() {
        List<Port> ports = new ArrayList<>(NetworkRules.API_SERVER);
        ports.add(Port.of(ScrapeJob.KUBELET.port()));
        ports.add(Port.of(ScrapeJob.NODE_EXPORTER.port()));
        ports.add(IstioPorts.MONITORING);
        return ports;
    }

    /** Receivers of alerts and providers of logins stand outside the cluster: a NetworkPolicy knows no host names. */
    private SortedSet<Port> calledOutside(Component client) {
        if (client == Component.ALERTMANAGER) {
            return plan.settings().receiverPorts();
        }
        SortedSet<Port> stores = new TreeSet<>();
        if (client == Component.PROMETHEUS && plan.runs(client)) {
            plan.settings().parts().remoteWrite().values().forEach(store -> {
                if (store instanceof RemoteWrite.Outside outside) {
                    stores.add(outside.url().port());
                }
            });
            return stores;
        }
        if (client == Component.OTEL_COLLECTOR || client == Component.LOG_AGENT) {
            OutsideStores.of(plan.settings().parts()).calledBy(client).forEach(store -> stores.add(store.port()));
            return stores;
        }
        if (client != Component.KIALI) {
            return stores;
        }
        if (plan.settings().kialiLogin() instanceof KialiLogin.OpenId) {
            stores.add(HTTPS);
        }
        plan.settings().aiOps().kialiChat().map(chat -> chat.endpoint().port()).ifPresent(stores::add);
        return stores;
    }

    /** The port on which Prometheus' pods answer, ours or those of others. */
    private int port(Component server) {
        return plan.existing(server)
                .map(program -> program.targetPort().value())
                .orElse(Tool.PROMETHEUS.port());
    }

    private static int own(Component server) {
        return (server == Component.PROMETHEUS ? Tool.PROMETHEUS : Tool.ALERTMANAGER).port();
    }

    private Optional<ToolAddress> exposed(Component component) {
        return plan.settings().domain().exposed().stream()
                .filter(address -> address.tool().service().equals(component.app()))
                .findFirst();
    }

    private static List<TargetPort> tcp(int... ports) {
        return IntStream.of(ports).mapToObj(TargetPort::tcp).toList();
    }
}
