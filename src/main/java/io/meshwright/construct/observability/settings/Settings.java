package io.meshwright.construct.observability.settings;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Url;
import io.meshwright.value.telemetry.MonitoringParts;
import io.meshwright.value.telemetry.Objectives;
import io.meshwright.value.telemetry.Receiver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Settings of one environment's monitoring: everything that a tool's configuration text is made from.
 *
 * @param environment name of the environment, put on every alert as {@code cluster}
 * @param domain where each tool is
 * @param mesh what is watched
 * @param agentNamespace where the privileged node agents run; default: the tools' namespace with {@code -agents} behind
 *     it
 * @param kept how long things are kept
 * @param volumes where things are kept
 * @param objectives what services promise
 * @param certificates certificates that nothing in the cluster renews
 * @param notifications the channels of Slack where alerts go; empty: none; where no receivers are either, alerts are
 *     seen on the pages of Alertmanager and Grafana
 * @param runbooks below this address stands one page per alert
 * @param accessLogs on which way access logs reach Loki
 * @param kialiLogin how Kiali asks for a login
 * @param aiOps what looks ahead; default: nothing
 * @param receivers who is told of alerts besides Slack, by names of their own; default: nobody
 * @param parts which programs are ours; default: all
 */
public record Settings(
        Name environment,
        MonitoringDomain domain,
        Mesh mesh,
        @Defaulted String agentNamespace,
        @Defaulted Kept kept,
        @Defaulted Volumes volumes,
        @Defaulted Objectives objectives,
        @Defaulted List<DeclaredCertificate> certificates,
        Optional<Notifications> notifications,
        Url runbooks,
        @Defaulted AccessLogs accessLogs,
        @Defaulted KialiLogin kialiLogin,
        @Defaulted AiOps aiOps,
        @Defaulted Map<Name, Receiver> receivers,
        @Defaulted MonitoringParts parts) {
    public Settings {
        Require.present("environment", environment);
        Require.present("domain", domain);
        Require.present("mesh", mesh);
        agentNamespace = agentNamespace == null
                ? domain.namespace() + "-agents"
                : Name.of(agentNamespace).value();
        kept = kept == null ? Kept.defaults() : kept;
        volumes = volumes == null ? Volumes.defaults() : volumes;
        objectives = objectives == null ? Objectives.defaults() : objectives;
        certificates = certificates == null ? List.of() : List.copyOf(certificates);
        Require.present("notifications", notifications);
        Require.present("runbooks", runbooks);
        accessLogs = accessLogs == null ? AccessLogs.stdout() : accessLogs;
        kialiLogin = kialiLogin == null ? KialiLogin.token() : kialiLogin;
        aiOps = aiOps == null ? AiOps.none() : aiOps;
        receivers = receivers == null ? Map.of() : new LinkedHashMap<>(receivers);
        parts = parts == null ? MonitoringParts.ours() : parts;
    }

    /** Secrets of receivers that Alertmanager reads, by their names. */
    public SortedSet<String> receiverSecrets() {
        return Stream.concat(
                        receivers.values().stream()
                                .flatMap(receiver -> receiver.secrets().stream())
                                .map(SecretRef::name),
                        aiOps.healing().stream().flatMap(healing -> healing.secrets().stream()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The ports outside the cluster on which receivers are called, Slack's among them. */
    public SortedSet<Port> receiverPorts() {
        SortedSet<Port> ports = new TreeSet<>();
        notifications.ifPresent(slack -> ports.add(Port.of(443)));
        receivers.values().forEach(receiver -> ports.add(receiver.port()));
        return ports;
    }

    /** True if Loki counts for Prometheus anyhow, and there are streams whose beginnings it can count too. */
    public boolean recordsStreams() {
        return aiOps.warnsOfServices() && !mesh.streaming().isEmpty() && parts.runsLoki();
    }

    public ToolAddress address(Tool tool) {
        return domain.address(tool);
    }
}
