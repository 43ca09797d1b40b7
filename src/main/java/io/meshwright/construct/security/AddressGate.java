package io.meshwright.construct.security;

import imports.io.istio.security.AuthorizationPolicySpecRules;
import imports.io.istio.security.AuthorizationPolicySpecRulesFromSource;
import imports.io.istio.security.AuthorizationPolicySpecRulesToOperation;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.security.AddressSet;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Refuses requests for some paths of some hosts from all but listed client addresses, at the gateway, because a sidecar
 * sees the gateway's view of the address only. The address is the client's when the mesh trusts as many proxies as the
 * edge has.
 */
public final class AddressGate extends Construct {
    private final ApiObject policy;

    private AddressGate(Construct scope, String id, Props props) {
        super(scope, id);
        AuthorizationPolicySpecRulesFromSource strangers = AuthorizationPolicySpecRulesFromSource.builder()
                .notRemoteIpBlocks(AddressSet.blocks(props.from()).stream()
                        .map(Cidr::toString)
                        .toList())
                .build();
        this.policy = new AccessPolicy(this, props.gateway())
                .deny(
                        "Resource",
                        props.name().toString(),
                        Notes.none().enforcement(props.enforcement()),
                        rules(props, strangers));
    }

    /** The AuthorizationPolicy, for what this construct cannot say. */
    public ApiObject resource() {
        return policy;
    }

    private static List<AuthorizationPolicySpecRules> rules(
            Props props, AuthorizationPolicySpecRulesFromSource strangers) {
        return props.preflight()
                ? AccessPolicy.exceptPreflight(strangers, props::operation)
                : List.of(AccessPolicy.rule(strangers, props.operation()));
    }

    /**
     * All that a gate needs.
     *
     * @param name of the policy
     * @param gateway the gateway's pods with the ports on which they themselves listen
     * @param hosts whose requests are refused
     * @param paths that are refused; default: every path
     * @param from the addresses that are admitted
     * @param preflight whether preflights pass from everywhere; default: they do
     * @param enforcement whether requests are refused or only reported; default: refused
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Party gateway,
            @Required List<Host> hosts,
            List<PathPattern> paths,
            @Required List<AddressSet> from,
            @Defaulted Boolean preflight,
            @Defaulted Enforcement enforcement) {
        Props {
            GatewayHosts.requireHttp(gateway);
            hosts = GatewayHosts.exact(hosts);
            preflight = preflight == null || preflight;
            enforcement = enforcement == null ? Enforcement.ENFORCE : enforcement;
        }

        AuthorizationPolicySpecRulesToOperation.Builder operation() {
            AuthorizationPolicySpecRulesToOperation.Builder operation = GatewayHosts.operation(gateway, hosts);
            return paths.isEmpty() || paths.stream().anyMatch(PathPattern::isEverything)
                    ? operation
                    : operation.paths(PathPattern.denying(paths));
        }
    }

    /** Collects the parts of an {@link AddressGate}. */
    public static final class Builder extends AddressGateSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public AddressGate build() {
            return ConstructMaker.make(scope, id, () -> new AddressGate(scope, id, props()));
        }
    }
}
