package io.meshwright.construct.security;

import io.meshwright.builders.Buildable;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Required;
import io.meshwright.value.security.Admission;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Connection;
import io.meshwright.value.security.Enforcement;
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
 * NetworkPolicies on both ends of each call in guarded namespaces. Where a connection proves no identity, the
 * NetworkPolicy alone decides.
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
                traffic.egress(
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

    /** Returns the callers that are admitted and by what, as the posture page shows it. */
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
            traffic.ingress("ingress", name, props.server(), List.of(NetworkRules.fromAnywhere()));
        } else if (!props.admissions().isEmpty()) {
            Map<List<TargetPort>, List<Party>> byPorts = new LinkedHashMap<>();
            clients()
                    .forEach((client, ports) -> byPorts.computeIfAbsent(List.copyOf(ports), key -> new ArrayList<>())
                            .add(client));
            traffic.ingress(
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
                .forEach(admission -> admission.connections().stream()
                        .map(Connection::port)
                        .forEach(clients.computeIfAbsent(admission.client(), key -> new TreeSet<>())::add));
        return clients;
    }

    /**
     * All that the policy of a service needs.
     *
     * @param server that is called
     * @param grants who is admitted, and what each may ask
     * @param mtls who speaks mutual TLS: it decides where identities are proven
     * @param preflight whether browsers of other origins call the service, so that their preflights pass where methods
     *     are limited; default: they do not
     * @param guards the guards of the namespaces of server and callers: only there are NetworkPolicies needed
     * @param enforcement whether others are refused or only reported; default: refused
     */
    @Buildable
    record Props(
            @Required Party server,
            List<Grant> grants,
            @Required MtlsPlan mtls,
            boolean preflight,
            List<NamespaceGuard> guards,
            @Defaulted Enforcement enforcement) {
        Props {
            enforcement = enforcement == null ? Enforcement.ENFORCE : enforcement;
        }

        List<Admission> admissions() {
            return grants.stream()
                    .map(grant -> Admission.of(mtls, server, grant.client(), grant.limits(), enforcement))
                    .toList();
        }

        boolean isGuarded(Party party) {
            return guards.stream().anyMatch(guard -> guard.guards(party));
        }
    }

    /** Collects the parts of a {@link CallerPolicy}. */
    public static final class Builder extends CallerPolicySetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Admits {@code client} within the limits; may be repeated. */
        public Builder admit(Caller limits, Party client) {
            return grants(List.of(new Grant(limits, client)));
        }

        public CallerPolicy build() {
            return ConstructMaker.make(scope, id, () -> new CallerPolicy(scope, id, props()));
        }
    }
}
