package io.meshwright.construct.security;

import imports.io.istio.security.AuthorizationPolicySpecRulesToOperation;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Refuses requests for some paths of some hosts at the gateway, whoever sends them: they get 403. */
public final class PathGate extends Construct {
    private final ApiObject policy;

    private PathGate(Construct scope, String id, Props props) {
        super(scope, id);
        this.policy = new AccessPolicy(this, props.gateway())
                .deny(
                        "Resource",
                        props.name().toString(),
                        Notes.none(),
                        List.of(AccessPolicy.rule(null, props.operation())));
    }

    /** The AuthorizationPolicy, for what this construct cannot say. */
    public ApiObject resource() {
        return policy;
    }

    /**
     * All that a gate needs.
     *
     * @param name of the policy
     * @param gateway the gateway's pods with the ports on which they themselves listen
     * @param hosts whose requests are refused
     * @param paths that are refused
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Party gateway,
            @Required List<Host> hosts,
            @Required List<PathPattern> paths) {
        Props {
            GatewayHosts.requireHttp(gateway);
            hosts = GatewayHosts.exact(hosts);
        }

        AuthorizationPolicySpecRulesToOperation.Builder operation() {
            return GatewayHosts.operation(gateway, hosts).paths(PathPattern.denying(paths));
        }
    }

    /** Collects the parts of a {@link PathGate}. */
    public static final class Builder extends PathGateSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public PathGate build() {
            return ConstructMaker.make(scope, id, () -> new PathGate(scope, id, props()));
        }
    }
}
