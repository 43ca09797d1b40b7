package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.client.BackendTlsPolicies;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.client.DestinationRules;
import io.meshwright.mesh.client.SidecarIngress;
import io.meshwright.mesh.client.Sidecars;
import io.meshwright.mesh.client.TrafficPolicy;
import io.meshwright.mesh.policy.PeerAuthentications.Decision;
import io.meshwright.mesh.policy.PeerAuthentications.Mode;
import io.meshwright.mesh.policy.TlsOutcome.Failure;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.InboundPorts;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.mesh.workload.Services;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/**
 * TLS between a client's proxy and the pods behind a service: how the client begins, and whether the server takes it
 * (cluster_tls.go, mtls_checker.go, policy_applier.go).
 */
public final class ClientTls {
    private static final String SPIFFE = "spiffe://";

    /** The label that injection puts on a pod unless the pod carries it already. */
    private static final String TLS_MODE = IstioLabels.TLS_MODE;

    private static final String ISTIO = "istio";

    private final DestinationRules rules;
    private final PeerAuthentications peers;
    private final Services services;
    private final Sidecars sidecars;
    private final BackendTlsPolicies backends;
    private final MeshConfig mesh;
    private final IstioVersion version;
    private final Map<Asked, TlsOutcome> atGateways = new ConcurrentHashMap<>();

    /** A gateway's call; service and port as they are written, since a whole service is slow to compare. */
    private record Asked(
            Pod gateway, Source service, String host, ServicePort port, Optional<String> subset, Pod server) {}

    public ClientTls(
            DestinationRules rules,
            PeerAuthentications peers,
            Services services,
            Sidecars sidecars,
            BackendTlsPolicies backends,
            MeshConfig mesh,
            IstioVersion version) {
        this.version = version;
        this.backends = backends;
        this.rules = rules;
        this.peers = peers;
        this.services = services;
        this.sidecars = sidecars;
        this.mesh = mesh;
    }

    /** The ways in which a client may speak; {@code AUTO} means mutual TLS with every pod that can. */
    enum Speech {
        PLAIN,
        APPLICATION,
        MUTUAL,
        AUTO,
        UNKNOWN
    }

    private record Call(Speech speech, boolean passthrough, List<Source> decidedBy) {
        static Call of(Speech speech, List<Source> decidedBy) {
            return new Call(speech, false, decidedBy);
        }
    }

    /** A call of a pod to one of the pods behind a service's port; {@code subset} is the one that a route chose. */
    public TlsOutcome outcome(Pod client, Service service, ServicePort port, Optional<String> subset, Pod server) {
        // Each of a gateway's routes to a service asks again; the callers among all pods would be too many to keep.
        return client.proxy().isGateway()
                ? atGateways.computeIfAbsent(
                        new Asked(client, service.source(), service.host(), port, subset, server),
                        asked -> decided(client, service, port, subset, server))
                : decided(client, service, port, subset, server);
    }

    private TlsOutcome decided(Pod client, Service service, ServicePort port, Optional<String> subset, Pod server) {
        if (client.proxy().isWaypoint()) {
            return atWaypoint(call(client, service, port, subset), port, server);
        }
        Call call = call(client, service, port, subset);
        // No tunnel leads to a name, of which istiod knows no workload.
        Optional<TlsOutcome> tunnelled =
                isNamed(service) ? Optional.empty() : tunnelled(client, call, service, port, server);
        if (tunnelled.isPresent()) {
            return tunnelled.get();
        }
        if (call.speech() == Speech.AUTO) {
            call = auto(call, service, port, server);
        }
        TlsOutcome met = meet(call, port, server);
        return met instanceof TlsOutcome.Mutual && !isDemanded(server, call.decidedBy())
                ? new TlsOutcome.Broken(Failure.OTHER_IDENTITY, call.decidedBy())
                : met;
    }

    /**
     * True if a DestinationRule names the identity of the server or none; without a mesh configuration its trust domain
     * is not known.
     */
    private boolean isDemanded(Pod server, List<Source> settings) {
        List<String> demanded = settings.stream()
                .map(Source::value)
                .filter(tls -> !tls.path("insecureSkipVerify").asBoolean(false))
                .flatMap(tls -> Fields.texts(tls.path("subjectAltNames")).stream())
                .toList();
        String identity = "/ns/%s/sa/%s".formatted(server.namespace(), server.serviceAccount());
        String whole = SPIFFE.concat(mesh.trustDomain()).concat(identity);
        return demanded.isEmpty()
                || demanded.stream()
                        .anyMatch(name -> mesh.source().isEmpty() || mesh.mayLack("/trustDomain")
                                ? name.startsWith(SPIFFE) && name.endsWith(identity)
                                : name.equals(whole));
    }

    /**
     * The tunnel between a client and a pod that takes tunnels: ztunnels know no other way to prove who calls, and
     * sidecars and gateways send all to pods behind ztunnels through one, whatever a DestinationRule says, whose TLS
     * goes inside (applyHBONETransportSocketMatches). No tunnel leads to the addresses that a client calls itself.
     */
    private Optional<TlsOutcome> tunnelled(Pod client, Call call, Service service, ServicePort port, Pod server) {
        Proxy proxy = client.proxy();
        if (proxy.isZtunnel() && server.proxy().isSidecar()) {
            return switch (Tunnels.takes(server, mesh)) {
                case YES -> Optional.of(new TlsOutcome.Tunnel(false, List.of()));
                case NO -> Optional.of(meet(Call.of(Speech.PLAIN, List.of()), port, server));
                case UNKNOWN ->
                    Optional.of(new TlsOutcome.Unknown(
                            "whether the proxy of %s takes tunnels is not known".formatted(server), List.of()));
            };
        }
        if (!server.proxy().isZtunnel()) {
            return Optional.empty();
        }
        if (proxy.isZtunnel()) {
            return Optional.of(new TlsOutcome.Tunnel(false, List.of()));
        }
        boolean sends = proxy.isGateway() || proxy.isSidecar() && Capture.outbound(client, port.number());
        boolean direct = call.passthrough() && !(proxy.isGateway() && service.type() == Service.Type.HEADLESS);
        if (!sends || direct || !mesh.feature("PILOT_ENABLE_SENDING_HBONE", true)) {
            return Optional.empty();
        }
        boolean twice = call.speech() == Speech.MUTUAL
                && !proxy.version().orElse(version).tunnelsForMutual();
        return Optional.of(
                twice
                        ? new TlsOutcome.Broken(Failure.MUTUAL_TO_NO_PROXY, call.decidedBy())
                        : new TlsOutcome.Tunnel(call.speech() == Speech.APPLICATION, call.decidedBy()));
    }

    /**
     * A waypoint reaches pods through tunnels, inside which a DestinationRule may ask for TLS to the application; a
     * sidecar takes them if injection was told so, and else gets what the application would get from anybody
     * (buildWaypointInboundVIPCluster, buildEnvoyLbEndpoint).
     */
    private TlsOutcome atWaypoint(Call call, ServicePort port, Pod server) {
        boolean begun = call.speech() == Speech.APPLICATION;
        // Of the modes of a DestinationRule SIMPLE and MUTUAL alone mean anything here (buildWaypointTLSContext).
        Call bare = Call.of(begun ? Speech.APPLICATION : Speech.PLAIN, call.decidedBy());
        return switch (server.proxy().type()) {
            case ZTUNNEL -> new TlsOutcome.Tunnel(begun, call.decidedBy());
            case NONE -> withoutProxy(bare, server);
            case SIDECAR ->
                switch (Tunnels.takes(server, mesh)) {
                    case YES -> new TlsOutcome.Tunnel(begun, call.decidedBy());
                    case NO -> meet(bare, port, server);
                    case UNKNOWN ->
                        new TlsOutcome.Unknown(
                                "whether the proxy of %s takes the tunnels of waypoints is not known".formatted(server),
                                call.decidedBy());
                };
            case UNKNOWN -> new TlsOutcome.Unknown(server.proxy().why(), call.decidedBy());
            default ->
                new TlsOutcome.Unknown(
                        "whether the proxy of %s takes the tunnels of waypoints is not known".formatted(server),
                        call.decidedBy());
        };
    }

    /** A call to a host without pods here, such as one outside the mesh. */
    public TlsOutcome outcome(Pod client, Service service, ServicePort port, Optional<String> subset) {
        Call call = call(client, service, port, subset);
        return switch (call.speech()) {
            case PLAIN, AUTO -> new TlsOutcome.Plain(call.decidedBy());
            case APPLICATION -> new TlsOutcome.Application(call.decidedBy());
            case MUTUAL ->
                service.reach().external()
                        ? new TlsOutcome.Broken(Failure.MUTUAL_TO_OUTSIDE, call.decidedBy())
                        : new TlsOutcome.Unknown(
                                "the pods behind %s are not among the manifests".formatted(service), call.decidedBy());
            case UNKNOWN -> new TlsOutcome.Unknown(client.proxy().why(), call.decidedBy());
        };
    }

    /** A call from outside the mesh, or from a pod without a proxy, straight to a pod. */
    public TlsOutcome plaintext(Pod server, ServicePort port) {
        return meet(Call.of(Speech.PLAIN, List.of()), port, server);
    }

    private Call call(Pod client, Service service, ServicePort port, Optional<String> subset) {
        boolean bypassed = client.proxy().isSidecar() && !Capture.outbound(client, port.number());
        if (client.proxy().inMesh().isNo() || bypassed) {
            return Call.of(Speech.PLAIN, List.of(client.source()));
        }
        Optional<DestinationRule> rule =
                client.proxy().isZtunnel() ? Optional.empty() : rules.seenBy(Client.of(client), service);
        Optional<TrafficPolicy> policy = rule.map(found -> found.policy(port.number(), subset));
        List<Source> decidedBy =
                policy.flatMap(found -> found.source("tls")).map(List::of).orElse(List.of());
        if (client.proxy().inMesh() == Truth.UNKNOWN) {
            return Call.of(Speech.UNKNOWN, decidedBy);
        }
        Optional<Source> backend = backends.of(service, port)
                .filter(found -> !client.proxy().isZtunnel() && isHeeded(client, service, rule, decidedBy));
        if (backend.isPresent()) {
            return Call.of(Speech.APPLICATION, List.of(backend.get()));
        }
        boolean readsSecrets = !client.proxy().isSidecar()
                || rule.flatMap(DestinationRule::clients).isPresent();
        boolean passthrough = policy.map(
                        found -> found.loadBalancer().path("simple").asText("").equals("PASSTHROUGH"))
                .orElse(false);
        return new Call(
                policy.filter(found -> found.tls().isObject())
                        .map(found -> speech(found.tls(), readsSecrets))
                        .orElse(Speech.AUTO),
                passthrough || service.type() == Service.Type.HEADLESS,
                decidedBy);
    }

    /**
     * istiod makes a DestinationRule of the policy, in the service's namespace and for its very host: one of the
     * caller's namespace goes first, and any other comes after (PushContext.destinationRule).
     */
    private boolean isHeeded(Pod client, Service service, Optional<DestinationRule> rule, List<Source> decidedBy) {
        return rule.map(found -> found.namespace().equals(service.namespace()) && !HostName.isWildcard(found.host())
                        ? isMerged(found) && isLeftOpen(decidedBy)
                        : found.namespace().equals(service.namespace())
                                || !found.namespace().equals(client.namespace()))
                .orElse(true);
    }

    /** A rule that is for some callers or shown to some namespaces stands for itself, and goes before others. */
    private static boolean isMerged(DestinationRule rule) {
        return rule.clients().isEmpty() && rule.export().isDefault();
    }

    /**
     * Of a rule that is merged the settings go first from 1.31 on; before, those of the policy did, which tells no age,
     * unless a subset has its own (mergeDestinationRule, mergeBackendPolicyTrafficPolicy).
     */
    private boolean isLeftOpen(List<Source> decidedBy) {
        return version.letsRulesFillPolicies()
                ? decidedBy.stream().noneMatch(source -> source.pointer().startsWith("/spec/subsets/"))
                : decidedBy.isEmpty();
    }

    private static Speech speech(JsonNode tls, boolean readsSecrets) {
        return switch (tls.path("mode").asText("DISABLE")) {
            case "ISTIO_MUTUAL" -> Speech.MUTUAL;
            // A sidecar may read a credential only under a rule with a workloadSelector; else it falls back to
            // plaintext
            // (cluster_tls.go).
            case "SIMPLE", "MUTUAL" -> tls.has("credentialName") && !readsSecrets ? Speech.PLAIN : Speech.APPLICATION;
            default -> Speech.PLAIN;
        };
    }

    private Call auto(Call call, Service service, ServicePort port, Pod server) {
        Decision around = peers.of(service.namespace());
        if (service.reach().external() || !mesh.autoMtls() || around.mode() == Mode.DISABLE) {
            return Call.of(
                    Speech.PLAIN,
                    around.source()
                            .filter(source -> around.mode() == Mode.DISABLE)
                            .map(List::of)
                            .orElse(call.decidedBy()));
        }
        // A headless service is called by address, so that no endpoint tells how it is called: one pod without a proxy
        // makes all calls plaintext, and a policy for a workload or port is not asked (istiod,
        // BestEffortInferServiceMTLSMode).
        Truth all = isNamed(service)
                ? Truth.of(service.reach().endpoints().stream().anyMatch(Service.Endpoint::mutual))
                : call.passthrough()
                        ? services.pods(service).stream()
                                .map(ClientTls::hasMutual)
                                .reduce(Truth.YES, Truth::and)
                        : hasMutual(server).and(Truth.of(mode(server, port).mode() != Mode.DISABLE));
        return switch (all) {
            case YES -> Call.of(Speech.MUTUAL, call.decidedBy());
            case NO -> Call.of(Speech.PLAIN, call.decidedBy());
            case UNKNOWN -> Call.of(Speech.AUTO, call.decidedBy());
        };
    }

    /** True if endpoints are written, of which clients know what is written alone, whoever is behind them. */
    private static boolean isNamed(Service service) {
        return service.type() == Service.Type.ENTRY && service.selector().isEmpty();
    }

    private static Truth hasMutual(Pod pod) {
        if (pod.proxy().isGateway() || pod.proxy().isZtunnel()) {
            // Only sidecars carry the label by which clients know that they may speak mutual TLS.
            return Truth.NO;
        }
        if (pod.source().manifest().kind().equals(Kind.WORKLOAD_ENTRY)) {
            // Whatever runs on the machine, clients believe the entry (getTLSModeFromWorkloadEntry).
            return Truth.of(pod.proxy().isSidecar());
        }
        return pod.proxy()
                .inMesh()
                .and(Truth.of(pod.labels().getOrDefault(TLS_MODE, ISTIO).equals(ISTIO)));
    }

    private Decision mode(Pod server, ServicePort port) {
        OptionalInt target = port.on(server);
        return target.isPresent() ? peers.of(server, target.getAsInt()) : peers.of(server, port.number());
    }

    private TlsOutcome meet(Call call, ServicePort port, Pod server) {
        if (call.speech() == Speech.PLAIN
                && server.proxy().inMesh() == Truth.UNKNOWN
                && takesPlain(mode(server, port))) {
            return new TlsOutcome.Plain(call.decidedBy());
        }
        if (call.speech() == Speech.UNKNOWN) {
            return new TlsOutcome.Unknown("whether the client has a proxy is not known", call.decidedBy());
        }
        if (server.proxy().inMesh() == Truth.UNKNOWN) {
            // Left to itself Istio finds the speech that the server understands, whatever that is.
            boolean found = call.speech() == Speech.AUTO
                    && takesPlain(mode(server, port))
                    && port.on(server).isPresent()
                    && Capture.inbound(server, port.on(server).getAsInt());
            if (found) {
                return new TlsOutcome.Either(server.proxy().why(), call.decidedBy());
            }
            return new TlsOutcome.Unknown(server.proxy().why(), call.decidedBy());
        }
        if (server.proxy().isGateway()) {
            return atGateway(call, server);
        }
        boolean captured = port.on(server).isEmpty()
                || Capture.inbound(server, port.on(server).getAsInt());
        if (server.proxy().inMesh().isNo() || server.proxy().isSidecar() && !captured) {
            return withoutProxy(call, server);
        }
        Decision decision = mode(server, port);
        List<Source> decidedBy = new ArrayList<>(call.decidedBy());
        decision.source().ifPresent(decidedBy::add);
        Optional<SidecarIngress> listener = port.on(server).isPresent()
                ? sidecars.ingress(server, port.on(server).getAsInt())
                : Optional.empty();
        Optional<String> ownTls =
                decision.mode() == Mode.DISABLE ? listener.flatMap(SidecarIngress::ownTls) : Optional.empty();
        if (ownTls.isPresent()) {
            decidedBy.add(listener.get().source().at("/tls"));
            return atOwnTls(call.speech(), ownTls.get(), List.copyOf(decidedBy));
        }
        Protocol heard = new InboundPorts(services).protocol(server, port).orElse(port.protocol());
        return atSidecar(call, decision, server, heard, List.copyOf(decidedBy));
    }

    /** True if a proxy would take plaintext there, so that it does not matter whether there is one. */
    private static boolean takesPlain(Decision decision) {
        return decision.mode() != Mode.STRICT && !decision.rivals().contains(Mode.STRICT);
    }

    /** Judges it by the oldest PeerAuthentication, unless another that may be older makes a difference. */
    private static TlsOutcome atSidecar(
            Call call, Decision decision, Pod server, Protocol protocol, List<Source> decidedBy) {
        TlsOutcome outcome = inMode(call, decision.mode(), server, protocol, decidedBy);
        boolean differs = decision.rivals().stream()
                .map(mode -> inMode(call, mode, server, protocol, decidedBy))
                .anyMatch(other -> !other.equals(outcome));
        return differs
                ? new TlsOutcome.Unknown(
                        "which of several PeerAuthentications was created first decides what the server takes",
                        decidedBy)
                : outcome;
    }

    /**
     * A ztunnel hands on what comes in no tunnel as it is, and refuses it where mutual TLS is demanded; it neither ends
     * TLS nor reads HTTP.
     */
    private static TlsOutcome inMode(Call call, Mode mode, Pod server, Protocol protocol, List<Source> decidedBy) {
        boolean untouched = server.proxy().isZtunnel() && (mode != Mode.STRICT || call.speech() == Speech.MUTUAL);
        return untouched
                ? withoutProxy(new Call(call.speech(), call.passthrough(), decidedBy), server)
                : atSidecar(call.speech(), mode, protocol, decidedBy);
    }

    private static TlsOutcome atGateway(Call call, Pod gateway) {
        return switch (call.speech()) {
            case PLAIN -> new TlsOutcome.Plain(call.decidedBy());
            // The client shows its certificate; what the server that takes the connection makes of it is told there.
            case MUTUAL -> new TlsOutcome.Mutual(call.decidedBy());
            default ->
                new TlsOutcome.Unknown(
                        "the servers of gateway %s decide which TLS they take".formatted(gateway), call.decidedBy());
        };
    }

    private static TlsOutcome withoutProxy(Call call, Pod server) {
        return switch (call.speech()) {
            case MUTUAL ->
                new TlsOutcome.Broken(
                        server.proxy().isSidecar() ? Failure.MUTUAL_TO_UNCAPTURED : Failure.MUTUAL_TO_NO_PROXY,
                        call.decidedBy());
            case APPLICATION -> new TlsOutcome.Application(call.decidedBy());
            default -> new TlsOutcome.Plain(call.decidedBy());
        };
    }

    private static TlsOutcome atOwnTls(Speech speech, String mode, List<Source> decidedBy) {
        return switch (speech) {
            // Files can hold certificates of any authority, the mesh's own among them.
            case MUTUAL ->
                mode.endsWith("MUTUAL")
                        ? new TlsOutcome.Unknown(
                                "the server's Sidecar shows and asks for certificates that are not among the manifests",
                                decidedBy)
                        : new TlsOutcome.Broken(Failure.MUTUAL_TO_OWN_TLS, decidedBy);
            case APPLICATION ->
                mode.endsWith("MUTUAL")
                        ? new TlsOutcome.Unknown("the server's Sidecar demands a client certificate", decidedBy)
                        : new TlsOutcome.Application(decidedBy);
            default -> new TlsOutcome.Broken(Failure.PLAIN_TO_OWN_TLS, decidedBy);
        };
    }

    private static TlsOutcome atSidecar(Speech speech, Mode mode, Protocol protocol, List<Source> decidedBy) {
        return switch (speech) {
            case MUTUAL ->
                mode == Mode.DISABLE
                        ? new TlsOutcome.Broken(Failure.MUTUAL_TO_DISABLED, decidedBy)
                        : new TlsOutcome.Mutual(decidedBy);
            case APPLICATION -> {
                Optional<Failure> failure = mode == Mode.STRICT
                        ? Optional.of(Failure.APPLICATION_TO_STRICT)
                        : protocol.isHttp() ? Optional.of(Failure.APPLICATION_TO_HTTP) : Optional.empty();
                yield failure.<TlsOutcome>map(why -> new TlsOutcome.Broken(why, decidedBy))
                        .orElseGet(() -> new TlsOutcome.Application(decidedBy));
            }
            default ->
                mode == Mode.STRICT
                        ? new TlsOutcome.Broken(Failure.PLAIN_TO_STRICT, decidedBy)
                        : new TlsOutcome.Plain(decidedBy);
        };
    }
}
