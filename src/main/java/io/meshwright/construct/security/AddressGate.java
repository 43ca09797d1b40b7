package io.meshwright.construct.security;

import imports.io.istio.security.AuthorizationPolicySpecRules;
import imports.io.istio.security.AuthorizationPolicySpecRulesFromSource;
import imports.io.istio.security.AuthorizationPolicySpecRulesToOperation;
import io.meshwright.value.Cidr;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
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

    /** Defaults: every path, preflights pass, enforced. */
    public record Props(
            Name name,
            Party gateway,
            List<Host> hosts,
            List<PathPattern> paths,
            List<AddressSet> from,
            Boolean preflight,
            Enforcement enforcement) {
        public Props {
            Require.present("name", name);
            GatewayHosts.requireHttp(Require.present("gateway", gateway));
            hosts = GatewayHosts.exact(Require.notEmpty("hosts", hosts));
            paths = paths == null ? List.of() : List.copyOf(paths);
            from = List.copyOf(Require.notEmpty("from", from));
            preflight = preflight == null || preflight;
            enforcement = enforcement == null ? Enforcement.ENFORCE : enforcement;
        }

        AuthorizationPolicySpecRulesToOperation.Builder operation() {
            AuthorizationPolicySpecRulesToOperation.Builder operation = GatewayHosts.operation(gateway, hosts);
            return paths.isEmpty() || paths.stream().anyMatch(PathPattern::isEverything)
                    ? operation
                    : operation.paths(paths.stream()
                            .flatMap(path -> path.denying().stream())
                            .toList());
        }
    }

    /** Collects the parts of an {@link AddressGate}. */
    public static final class Builder {
        private final Construct scope;
        private final String id;
        private Name name;
        private Party gateway;
        private List<Host> hosts;
        private List<PathPattern> paths;
        private List<AddressSet> from;
        private Boolean preflight;
        private Enforcement enforcement;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public Builder name(Name name) {
            this.name = name;
            return this;
        }

        /** The gateway's pods with the ports on which they themselves listen. */
        public Builder gateway(Party gateway) {
            this.gateway = gateway;
            return this;
        }

        public Builder hosts(List<Host> hosts) {
            this.hosts = hosts;
            return this;
        }

        public Builder paths(List<PathPattern> paths) {
            this.paths = paths;
            return this;
        }

        public Builder from(List<AddressSet> from) {
            this.from = from;
            return this;
        }

        public Builder preflight(boolean preflight) {
            this.preflight = preflight;
            return this;
        }

        public Builder enforcement(Enforcement enforcement) {
            this.enforcement = enforcement;
            return this;
        }

        public AddressGate build() {
            return new AddressGate(scope, id, new Props(name, gateway, hosts, paths, from, preflight, enforcement));
        }
    }
}
