package io.meshwright.construct.security;

import imports.io.istio.security.AuthorizationPolicy;
import imports.io.istio.security.AuthorizationPolicySpec;
import imports.io.istio.security.AuthorizationPolicySpecAction;
import imports.io.istio.security.AuthorizationPolicySpecProvider;
import imports.io.istio.security.AuthorizationPolicySpecRules;
import imports.io.istio.security.AuthorizationPolicySpecRulesFrom;
import imports.io.istio.security.AuthorizationPolicySpecRulesFromSource;
import imports.io.istio.security.AuthorizationPolicySpecRulesTo;
import imports.io.istio.security.AuthorizationPolicySpecRulesToOperation;
import imports.io.istio.security.AuthorizationPolicySpecRulesWhen;
import imports.io.istio.security.AuthorizationPolicySpecSelector;
import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import org.cdk8s.ApiObject;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/** Writes AuthorizationPolicies for the pods of one party, and keeps browsers' preflights out of what they deny. */
final class AccessPolicy {
    /**
     * A condition that every preflight meets and hardly anything else: with it a rule for OPTIONS covers preflights
     * only. A preflight carries no token, and authorization runs before CORS in every proxy (incident I1;
     * istio/istio#40540).
     */
    private static final String PREFLIGHT_HEADER = "request.headers[access-control-request-method]";

    private static final List<String> PRESENT = List.of("*");
    private static final List<String> OPTIONS = List.of(HttpMethod.OPTIONS.name());

    private final Construct scope;
    private final Party pods;

    AccessPolicy(Construct scope, Party pods) {
        this.scope = scope;
        this.pods = pods;
    }

    ApiObject allow(String id, String name, Notes notes, List<AuthorizationPolicySpecRules> rules) {
        return policy(id, name, notes, spec(AuthorizationPolicySpecAction.ALLOW, rules));
    }

    ApiObject deny(String id, String name, Notes notes, List<AuthorizationPolicySpecRules> rules) {
        return policy(id, name, notes, spec(AuthorizationPolicySpecAction.DENY, rules));
    }

    ApiObject custom(String id, String name, Name provider, List<AuthorizationPolicySpecRules> rules) {
        return policy(
                id,
                name,
                Notes.none(),
                spec(AuthorizationPolicySpecAction.CUSTOM, rules)
                        .provider(AuthorizationPolicySpecProvider.builder()
                                .name(provider.toString())
                                .build()));
    }

    /** Any request at all. */
    static AuthorizationPolicySpecRules everything() {
        return AuthorizationPolicySpecRules.builder().build();
    }

    static AuthorizationPolicySpecRules rule(
            @Nullable AuthorizationPolicySpecRulesFromSource source,
            AuthorizationPolicySpecRulesToOperation.Builder operation) {
        return builder(source, operation).build();
    }

    /** The same requests, as the preflights that a browser sends before them. */
    static AuthorizationPolicySpecRules preflight(
            @Nullable AuthorizationPolicySpecRulesFromSource source,
            AuthorizationPolicySpecRulesToOperation.Builder operation) {
        return builder(source, operation.methods(OPTIONS))
                .when(List.of(AuthorizationPolicySpecRulesWhen.builder()
                        .key(PREFLIGHT_HEADER)
                        .values(PRESENT)
                        .build()))
                .build();
    }

    /** Connections that begin with the server name of one of the hosts, whatever they carry. */
    static AuthorizationPolicySpecRules named(
            @Nullable AuthorizationPolicySpecRulesFromSource source,
            AuthorizationPolicySpecRulesToOperation.Builder operation,
            List<Host> hosts) {
        return builder(source, operation)
                .when(List.of(AuthorizationPolicySpecRulesWhen.builder()
                        .key("connection.sni")
                        .values(hosts.stream().map(Host::toString).toList())
                        .build()))
                .build();
    }

    /** The requests without their preflights: every other method, and OPTIONS that is none. */
    static List<AuthorizationPolicySpecRules> exceptPreflight(
            @Nullable AuthorizationPolicySpecRulesFromSource source,
            Supplier<AuthorizationPolicySpecRulesToOperation.Builder> operation) {
        return List.of(
                rule(source, operation.get().notMethods(OPTIONS)),
                builder(source, operation.get().methods(OPTIONS))
                        .when(List.of(AuthorizationPolicySpecRulesWhen.builder()
                                .key(PREFLIGHT_HEADER)
                                .notValues(PRESENT)
                                .build()))
                        .build());
    }

    static List<String> ports(Collection<TargetPort> ports) {
        return ports.stream().map(TargetPort::toString).toList();
    }

    private static AuthorizationPolicySpecRules.Builder builder(
            @Nullable AuthorizationPolicySpecRulesFromSource source,
            AuthorizationPolicySpecRulesToOperation.Builder operation) {
        AuthorizationPolicySpecRules.Builder rule = AuthorizationPolicySpecRules.builder()
                .to(List.of(AuthorizationPolicySpecRulesTo.builder()
                        .operation(operation.build())
                        .build()));
        return source == null
                ? rule
                : rule.from(List.of(AuthorizationPolicySpecRulesFrom.builder()
                        .source(source)
                        .build()));
    }

    private AuthorizationPolicySpec.Builder spec(
            AuthorizationPolicySpecAction action, List<AuthorizationPolicySpecRules> rules) {
        return AuthorizationPolicySpec.builder()
                .selector(AuthorizationPolicySpecSelector.builder()
                        .matchLabels(pods.podLabels())
                        .build())
                .action(action)
                .rules(rules);
    }

    private ApiObject policy(String id, String name, Notes notes, AuthorizationPolicySpec.Builder spec) {
        return AuthorizationPolicy.Builder.create(scope, id)
                .metadata(notes.of(name, pods.namespace()))
                .spec(spec.build())
                .build();
    }
}
