package io.meshwright.construct.security;

import imports.io.istio.security.AuthorizationPolicySpecRules;
import imports.io.istio.security.AuthorizationPolicySpecRulesToOperation;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.edge.ExternalAuthorization;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Lets an external authorizer decide about requests at a gateway, before tokens and addresses are looked at. The
 * authorizer itself is an {@code extensionProvider} of the mesh; without it every such request is refused.
 */
public final class AuthorizerGate extends Construct {
    private final ApiObject policy;

    private AuthorizerGate(Construct scope, String id, Props props) {
        super(scope, id);
        this.policy = new AccessPolicy(this, props.gateway())
                .custom(
                        "Resource",
                        props.name().toString(),
                        props.authorization().authorizer(),
                        rules(props));
    }

    /** The AuthorizationPolicy, for what this construct cannot say. */
    public ApiObject resource() {
        return policy;
    }

    private static List<AuthorizationPolicySpecRules> rules(Props props) {
        return props.preflight()
                ? AccessPolicy.exceptPreflight(null, props::operation)
                : List.of(AccessPolicy.rule(null, props.operation()));
    }

    /**
     * All that a gate needs.
     *
     * @param name of the policy
     * @param gateway the gateway's pods with the ports on which they themselves listen
     * @param hosts about whose requests somebody is asked
     * @param authorization who is asked, and about which paths
     * @param preflight whether preflights pass unasked; default: they do
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Party gateway,
            @Required List<Host> hosts,
            @Required ExternalAuthorization authorization,
            @Defaulted Boolean preflight) {
        Props {
            GatewayHosts.requireHttp(gateway);
            hosts = GatewayHosts.exact(hosts);
            preflight = preflight == null || preflight;
        }

        AuthorizationPolicySpecRulesToOperation.Builder operation() {
            AuthorizationPolicySpecRulesToOperation.Builder operation = GatewayHosts.operation(gateway, hosts);
            if (!authorization.protectedPaths().isEmpty()) {
                operation.paths(PathPattern.denying(authorization.protectedPaths()));
            }
            if (!authorization.publicPaths().isEmpty()) {
                operation.notPaths(authorization.publicPaths().stream()
                        .map(PathPattern::admitting)
                        .flatMap(List::stream)
                        .toList());
            }
            return operation;
        }
    }

    /** Collects the parts of an {@link AuthorizerGate}. */
    public static final class Builder extends AuthorizerGateSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public AuthorizerGate build() {
            return ConstructMaker.make(scope, id, () -> new AuthorizerGate(scope, id, props()));
        }
    }
}
