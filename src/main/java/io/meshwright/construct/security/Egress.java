package io.meshwright.construct.security;

import imports.io.istio.networking.DestinationRule;
import imports.io.istio.networking.DestinationRuleSpec;
import imports.io.istio.networking.DestinationRuleSpecSubsets;
import imports.io.istio.networking.DestinationRuleSpecSubsetsTrafficPolicy;
import imports.io.istio.networking.DestinationRuleSpecSubsetsTrafficPolicyTls;
import imports.io.istio.networking.DestinationRuleSpecSubsetsTrafficPolicyTlsMode;
import imports.io.istio.security.AuthorizationPolicySpecRulesFromSource;
import imports.io.istio.security.AuthorizationPolicySpecRulesToOperation;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Host;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.Version;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.ExternalPorts;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.Posture;
import io.meshwright.value.security.VirtualAddresses;
import java.util.List;
import java.util.Optional;
import software.constructs.Construct;

/**
 * Lets declared callers out to declared hosts: ServiceEntries that only they see, NetworkPolicies by port and address
 * in guarded namespaces, and routes through an egress gateway where asked.
 */
public final class Egress extends Construct {
    private final Props props;

    private Egress(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        VirtualAddresses addresses = VirtualAddresses.of(props.istio(), services());
        List<External> inRegistry =
                props.externals().stream().filter(External::inRegistry).toList();
        inRegistry.forEach(external -> external.service()
                .hosts()
                .forEach(host -> new ExternalEntry(this, props.namespace(), external, host, addresses)));
        inRegistry.forEach(external -> external.gateway()
                .ifPresent(gateway ->
                        external.service().hosts().forEach(host -> new EgressRoute(this, external, gateway, host))));
        subsets(inRegistry);
        inRegistry.forEach(this::admit);
        EgressFlows flows = new EgressFlows(this, props.guards());
        props.externals().forEach(flows::release);
    }

    private List<ExternalService> services() {
        return props.externals().stream().map(External::service).toList();
    }

    // One rule with all subsets: of several rules for one host, Istio takes the first one's policy (istio.io,
    // DestinationRule).
    private void subsets(List<External> externals) {
        List<DestinationRuleSpecSubsets> subsets = externals.stream()
                .filter(external -> external.gateway().isPresent())
                .flatMap(external -> external.service().hosts().stream())
                .map(Egress::subset)
                .toList();
        if (!subsets.isEmpty()) {
            EgressGateway gateway = props.gateway().orElseThrow();
            DestinationRule.Builder.create(this, "subsets")
                    .metadata(Notes.none()
                            .of(gateway.pods().name().toString(), gateway.pods().namespace()))
                    .spec(DestinationRuleSpec.builder()
                            .host(gateway.host())
                            .subsets(subsets)
                            .build())
                    .build();
        }
    }

    // Whoever can reach the gateway's pods can reach every host behind them: they ask who calls which.
    private void admit(External external) {
        external.gateway()
                .ifPresent(gateway -> new AccessPolicy(this, gateway.pods())
                        .allow(
                                "admit-%s".formatted(external.name()),
                                "%s-callers".formatted(external.name()),
                                Notes.none().enforcement(props.enforcement()),
                                List.of(AccessPolicy.named(
                                        principals(external.through()),
                                        ports(external),
                                        external.service().hosts()))));
    }

    private static AuthorizationPolicySpecRulesFromSource principals(List<Party> clients) {
        return AuthorizationPolicySpecRulesFromSource.builder()
                .principals(clients.stream()
                        .map(Party::identity)
                        .flatMap(Optional::stream)
                        .map(Identity::principal)
                        .distinct()
                        .sorted()
                        .toList())
                .build();
    }

    private static AuthorizationPolicySpecRulesToOperation.Builder ports(External external) {
        return AuthorizationPolicySpecRulesToOperation.builder()
                .ports(AccessPolicy.ports(EgressGateway.listeners(external.wirePorts())));
    }

    private static DestinationRuleSpecSubsets subset(Host host) {
        return DestinationRuleSpecSubsets.builder()
                .name(External.subsetName(host))
                .trafficPolicy(DestinationRuleSpecSubsetsTrafficPolicy.builder()
                        .tls(DestinationRuleSpecSubsetsTrafficPolicyTls.builder()
                                .mode(DestinationRuleSpecSubsetsTrafficPolicyTlsMode.ISTIO_UNDERSCORE_MUTUAL)
                                .sni(host.toString())
                                .build())
                        .build())
                .build();
    }

    /**
     * All that it needs.
     *
     * @param namespace where the ServiceEntries stand; default: Istio's own root namespace
     * @param istio release, by which it depends who gives TCP hosts their addresses
     * @param outbound the external services, each with those who call it
     * @param gateway through which calls leave where a service asks for it
     * @param guards the guards of the callers' namespaces: only there are NetworkPolicies needed
     * @param enforcement whether the gateway refuses undeclared callers or only reports them; default: it refuses
     */
    @Buildable
    record Props(
            @Defaulted Name namespace,
            @Required Version istio,
            List<Posture.Outbound> outbound,
            Optional<EgressGateway> gateway,
            List<NamespaceGuard> guards,
            @Defaulted Enforcement enforcement) {
        Props {
            namespace = namespace == null ? IstioNames.ROOT_NAMESPACE : namespace;
            enforcement = enforcement == null ? Enforcement.ENFORCE : enforcement;
            ExternalPorts ports = new ExternalPorts();
            externals(outbound, gateway)
                    .forEach(external -> ports.add(
                                    KeyPath.of("externals.%s".formatted(external.name())), external.service())
                            .ifPresent(refusal -> {
                                throw refusal;
                            }));
        }

        List<External> externals() {
            return externals(outbound, gateway);
        }

        private static List<External> externals(List<Posture.Outbound> outbound, Optional<EgressGateway> gateway) {
            return outbound.stream().map(each -> new External(each, gateway)).toList();
        }
    }

    /** Collects the parts of an {@link Egress}. */
    public static final class Builder extends EgressSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Lets {@code clients} call the service; may be repeated. */
        public Builder release(Name name, ExternalService service, List<Party> clients) {
            return outbound(List.of(new Posture.Outbound(name, service, clients)));
        }

        public Egress build() {
            return ConstructMaker.make(scope, id, () -> new Egress(scope, id, props()));
        }
    }
}
