package io.meshwright.construct.security;

import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.value.Require;
import io.meshwright.value.security.Admission;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Hop;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Admits the declared callers of one service and nobody else: an AuthorizationPolicy by their identities, and
 * NetworkPolicies on both ends of each call in guarded namespaces. Where a hop proves no identity, the NetworkPolicy
 * alone decides.
 */
public final class CallerPolicy extends Construct {
    private final Props props;
    private final NetworkPolicies traffic = new NetworkPolicies(this);
    private final Optional<ApiObject> authorization;

    private CallerPolicy(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        this.authorization = authorization();
        if (props.isGuarded(props.server())) {
            ingress();
        }
        clients().forEach((client, ports) -> {
            if (props.isGuarded(client)) {
                traffic.out(
                        "from-%s-%s".formatted(client.namespace(), client.name()),
                        "%s-to-%s".formatted(client.name(), props.server().name()),
                        client,
                        List.of(NetworkRules.to(props.server(), ports)));
            }
        });
    }

    /**
     * The AuthorizationPolicy, for what this construct cannot say; empty for a service outside the mesh or without
     * callers.
     */
    public Optional<ApiObject> resource() {
        return authorization;
    }

    /** Who is admitted and by what, as the posture page shows it. */
    public List<Admission> admissions() {
        return props.admissions();
    }

    private Optional<ApiObject> authorization() {
        AccessPolicy policy = new AccessPolicy(this, props.server());
        if (!props.server().inMesh()) {
            return Optional.empty();
        }
        if (props.enforcement() == Enforcement.DRY_RUN) {
            // The namespace's allow-nothing is in force: without this, a policy in dry run would admit nobody.
            policy.allow(
                    "not-enforced",
                    "%s-not-enforced".formatted(props.server().name()),
                    Notes.reason("callers are in dry run"),
                    List.of(AccessPolicy.everything()));
        }
        return props.admissions().isEmpty()
                ? Optional.empty()
                : Optional.of(policy.allow(
                        "Resource",
                        "%s-callers".formatted(props.server().name()),
                        Notes.none().enforcement(props.enforcement()),
                        AdmissionRules.of(props.admissions(), props.preflight())));
    }

    private void ingress() {
        String name = "%s-callers".formatted(props.server().name());
        if (props.enforcement() == Enforcement.DRY_RUN) {
            traffic.in("ingress", name, props.server(), List.of(NetworkRules.fromAnywhere()));
        } else if (!props.admissions().isEmpty()) {
            Map<List<TargetPort>, List<Party>> byPorts = new LinkedHashMap<>();
            clients()
                    .forEach((client, ports) -> byPorts.computeIfAbsent(List.copyOf(ports), key -> new ArrayList<>())
                            .add(client));
            traffic.in(
                    "ingress",
                    name,
                    props.server(),
                    byPorts.entrySet().stream()
                            .map(entry -> NetworkRules.from(entry.getValue(), entry.getKey()))
                            .toList());
        }
    }

    // Several admissions of one caller, with different limits, are one flow of packets.
    private Map<Party, TreeSet<TargetPort>> clients() {
        Map<Party, TreeSet<TargetPort>> clients = new LinkedHashMap<>();
        props.admissions()
                .forEach(admission -> admission.hops().stream()
                        .map(Hop::port)
                        .forEach(clients.computeIfAbsent(admission.client(), key -> new TreeSet<>())::add));
        return clients;
    }

    /** Defaults: enforced, no preflights beyond the callers' own methods, no guarded namespace. */
    public record Props(
            Party server,
            List<Admission> admissions,
            Boolean preflight,
            List<NamespaceGuard> guards,
            Enforcement enforcement) {
        public Props {
            Require.present("server", server);
            admissions = admissions == null ? List.of() : List.copyOf(admissions);
            preflight = preflight != null && preflight;
            guards = guards == null ? List.of() : List.copyOf(guards);
            enforcement = enforcement == null ? Enforcement.ENFORCE : enforcement;
        }

        boolean isGuarded(Party party) {
            return guards.stream().anyMatch(guard -> guard.guards(party));
        }
    }

    /** Collects the parts of a {@link CallerPolicy}. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private final List<Map.Entry<Caller, Party>> callers = new ArrayList<>();
        private Party server;
        private MtlsPlan mtls;
        private Boolean preflight;
        private List<NamespaceGuard> guards;
        private Enforcement enforcement;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Builder server(Party server) {
            this.server = server;
            return this;
        }

        /** Admits {@code client} within the limits; may be repeated. */
        public Builder admit(Caller limits, Party client) {
            callers.add(Map.entry(limits, client));
            return this;
        }

        /** Who speaks mutual TLS: it decides where identities are proven. */
        public Builder mtls(MtlsPlan mtls) {
            this.mtls = mtls;
            return this;
        }

        /**
         * Whether browsers of other origins call the service, so that their preflights pass where methods are limited.
         */
        public Builder preflight(boolean preflight) {
            this.preflight = preflight;
            return this;
        }

        /** The guards of the namespaces of server and callers: only there are NetworkPolicies needed. */
        public Builder guards(List<NamespaceGuard> guards) {
            this.guards = guards;
            return this;
        }

        public Builder enforcement(Enforcement enforcement) {
            this.enforcement = enforcement;
            return this;
        }

        public CallerPolicy build() {
            MtlsPlan plan = Require.present("mtls", mtls);
            Enforcement mode = enforcement == null ? Enforcement.ENFORCE : enforcement;
            Party called = Require.present("server", server);
            List<Admission> admissions = callers.stream()
                    .map(caller -> Admission.of(plan, called, caller.getValue(), caller.getKey(), mode))
                    .toList();
            return new CallerPolicy(scope, id, new Props(called, admissions, preflight, guards, mode));
        }
    }
}
