package io.meshwright.construct.security;

import imports.io.istio.security.AuthorizationPolicy;
import imports.io.istio.security.AuthorizationPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.network.ClusterParties;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Denies what nobody has declared in one namespace: an AuthorizationPolicy that allows nothing and a NetworkPolicy that
 * denies both ways; DNS, the control plane, telemetry and the scraping of merged metrics keep working.
 */
public final class NamespaceGuard extends Construct {
    private final Props props;
    private final NetworkPolicies traffic = new NetworkPolicies(this);
    private final List<ApiObject> resources = new ArrayList<>();

    private NamespaceGuard(Construct scope, String id, Props props) {
        super(scope, id);
        this.props = props;
        if (props.inMesh()) {
            allowNothing();
        }
        // They stand before the first pod does (kube-score networkpolicy-targets-pod).
        // Any NetworkPolicy that selects a pod denies it the rest, so that a dry run can have none.
        if (props.enforcement() == Enforcement.ENFORCE) {
            resources.add(traffic.denyAll("default-deny", "default-deny", props.namespace()));
            resources.add(traffic.egress("platform-egress", "platform-egress", everyPod(), egress()));
            props.proxies()
                    .prometheus()
                    .ifPresent(prometheus -> resources.add(traffic.ingress(
                            "metrics",
                            "prometheus-scrapes-sidecars",
                            everyPod(),
                            List.of(NetworkRules.from(
                                    List.of(prometheus), List.of(TargetPort.tcp(IstioPorts.MERGED_METRICS)))))));
        }
    }

    /** The namespace, for constructs that add to what it denies. */
    public Name namespace() {
        return props.namespace();
    }

    /** The AuthorizationPolicy and the NetworkPolicies, for what this construct cannot say. */
    public List<ApiObject> resources() {
        return List.copyOf(resources);
    }

    /** True if its NetworkPolicies deny this party whatever nobody declares. */
    public boolean guards(Party party) {
        return props.enforcement() == Enforcement.ENFORCE && props.namespace().equals(party.namespace());
    }

    private void allowNothing() {
        resources.add(AuthorizationPolicy.Builder.create(this, "Resource")
                .metadata(Notes.none().enforcement(props.enforcement()).of("allow-nothing", props.namespace()))
                .spec(AuthorizationPolicySpec.builder().build())
                .build());
    }

    private List<NetworkPolicyEgressRule> egress() {
        List<NetworkPolicyEgressRule> rules = new ArrayList<>();
        rules.add(NetworkRules.toDns());
        if (props.inMesh()) {
            rules.add(NetworkRules.to(ClusterParties.istiod(props.rootNamespace())));
            props.proxies().telemetry().forEach(sink -> rules.add(NetworkRules.to(sink)));
        }
        return rules;
    }

    private Party everyPod() {
        return Party.outsideMesh(props.namespace(), props.namespace(), Map.of());
    }

    /**
     * All that a guard needs.
     *
     * @param namespace that is guarded
     * @param proxies whether its pods are in the mesh, and what their sidecars speak with; default: they are
     * @param rootNamespace of the mesh; default: Istio's own
     * @param enforcement whether the rest is refused or only reported; default: refused
     */
    @Buildable
    record Props(
            @Required Name namespace,
            @Defaulted Proxies proxies,
            @Defaulted Name rootNamespace,
            @Defaulted Enforcement enforcement) {
        Props {
            proxies = proxies == null ? Proxies.sidecars() : proxies;
            rootNamespace = rootNamespace == null ? IstioNames.ROOT_NAMESPACE : rootNamespace;
            enforcement = enforcement == null ? Enforcement.ENFORCE : enforcement;
            // allow-nothing there would stop every service of the mesh (istio.io, AuthorizationPolicy, "root
            // namespace").
            Require.that(
                    !namespace.equals(rootNamespace),
                    "namespace",
                    "\"%s\" is the mesh's root namespace, whose policies act on every namespace".formatted(namespace),
                    "guard the namespaces of services instead");
        }

        boolean inMesh() {
            return proxies instanceof Proxies.Sidecars;
        }
    }

    /** Collects the parts of a {@link NamespaceGuard}. */
    public static final class Builder extends NamespaceGuardSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        /** Namespace that is guarded. */
        public Builder namespace(String namespace) {
            return namespace(ConstructMaker.make(scope, id, () -> Name.of(namespace)));
        }

        public NamespaceGuard build() {
            return ConstructMaker.make(scope, id, () -> new NamespaceGuard(scope, id, props()));
        }
    }
}
