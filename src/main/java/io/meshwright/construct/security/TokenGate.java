package io.meshwright.construct.security;

import imports.io.istio.security.AuthorizationPolicySpecRules;
import imports.io.istio.security.AuthorizationPolicySpecRulesFromSource;
import imports.io.istio.security.AuthorizationPolicySpecRulesToOperation;
import imports.io.istio.security.RequestAuthentication;
import imports.io.istio.security.RequestAuthenticationSpec;
import imports.io.istio.security.RequestAuthenticationSpecJwtRules;
import imports.io.istio.security.RequestAuthenticationSpecJwtRulesOutputClaimToHeaders;
import imports.io.istio.security.RequestAuthenticationSpecSelector;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Verifies tokens at one gateway or service and refuses requests without one, save public paths and preflights. A bad
 * token is refused on every path and host of these pods, so where others bring tokens of their own the service is the
 * better place.
 */
public final class TokenGate extends Construct {
    private final ApiObject policy;

    private TokenGate(Construct scope, String id, Props props) {
        super(scope, id);
        RequestAuthentication.Builder.create(this, "verify")
                .metadata(Notes.none().of(props.name().toString(), props.pods().namespace()))
                .spec(RequestAuthenticationSpec.builder()
                        .selector(RequestAuthenticationSpecSelector.builder()
                                .matchLabels(props.pods().podLabels())
                                .build())
                        .jwtRules(List.of(verification(props.jwt())))
                        .build())
                .build();
        // A bare RequestAuthentication lets requests without any token pass.
        this.policy = new AccessPolicy(this, props.pods())
                .deny(
                        "Resource",
                        "%s-required".formatted(props.name()),
                        Notes.none().enforcement(props.enforcement()),
                        rules(props));
    }

    /** The AuthorizationPolicy that makes the token required, for what this construct cannot say. */
    public ApiObject resource() {
        return policy;
    }

    private static List<AuthorizationPolicySpecRules> rules(Props props) {
        AuthorizationPolicySpecRulesFromSource withoutToken = AuthorizationPolicySpecRulesFromSource.builder()
                .notRequestPrincipals(List.of(props.jwt().requestPrincipals()))
                .build();
        return props.preflight()
                ? AccessPolicy.exceptPreflight(withoutToken, props::operation)
                : List.of(AccessPolicy.rule(withoutToken, props.operation()));
    }

    private static RequestAuthenticationSpecJwtRules verification(Jwt jwt) {
        RequestAuthenticationSpecJwtRules.Builder rule = RequestAuthenticationSpecJwtRules.builder()
                .issuer(jwt.issuer().toString())
                .jwksUri(jwt.jwksUri().toString())
                .forwardOriginalToken(jwt.forward());
        if (!jwt.audiences().isEmpty()) {
            rule.audiences(jwt.audiences());
        }
        if (!jwt.claimsToHeaders().isEmpty()) {
            rule.outputClaimToHeaders(jwt.claimsToHeaders().entrySet().stream()
                    .map(entry -> RequestAuthenticationSpecJwtRulesOutputClaimToHeaders.builder()
                            .claim(entry.getKey())
                            .header(entry.getValue())
                            .build())
                    .toList());
        }
        return rule.build();
    }

    /**
     * All that a gate needs.
     *
     * @param name of both policies
     * @param pods the gateway's pods or the service's, with the ports on which they themselves listen
     * @param jwt which tokens are good and which paths need one
     * @param hosts whose requests need a token; default: every host of these pods
     * @param preflight whether preflights pass without one; default: they do
     * @param enforcement whether requests are refused or only reported; default: refused
     */
    @Buildable
    record Props(
            @Required Name name,
            @Required Party pods,
            @Required Jwt jwt,
            List<Host> hosts,
            @Defaulted Boolean preflight,
            @Defaulted Enforcement enforcement) {
        Props {
            GatewayHosts.requireHttp(pods);
            Require.that(jwt.enabled(), "jwt", "verification is switched off", "make no gate, or set enabled: true");
            Require.that(
                    pods.inMesh(),
                    "pods",
                    "\"%s\" has no sidecar that could verify".formatted(pods),
                    "take it into the mesh, or verify at the gateway");
            hosts = GatewayHosts.exact(hosts);
            preflight = preflight == null || preflight;
            enforcement = enforcement == null ? Enforcement.ENFORCE : enforcement;
        }

        AuthorizationPolicySpecRulesToOperation.Builder operation() {
            AuthorizationPolicySpecRulesToOperation.Builder operation = GatewayHosts.operation(pods, hosts);
            if (!jwt.protectedPaths().isEmpty()) {
                operation.paths(PathPattern.denying(jwt.protectedPaths()));
            }
            if (!jwt.publicPaths().isEmpty()) {
                operation.notPaths(jwt.publicPaths().stream()
                        .map(PathPattern::admitting)
                        .flatMap(List::stream)
                        .toList());
            }
            return operation;
        }
    }

    /** Collects the parts of a {@link TokenGate}. */
    public static final class Builder extends TokenGateSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public TokenGate build() {
            return ConstructMaker.make(scope, id, () -> new TokenGate(scope, id, props()));
        }
    }
}
