package io.meshwright.construct.security;

import imports.io.istio.security.AuthorizationPolicySpecRules;
import imports.io.istio.security.AuthorizationPolicySpecRulesFromSource;
import imports.io.istio.security.AuthorizationPolicySpecRulesToOperation;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.security.Admission;
import io.meshwright.value.security.Connection;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.PathPattern;
import io.meshwright.value.security.TargetPort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The rules that admit declared callers: callers with the same limits share one rule. */
final class AdmissionRules {
    private final Map<Operation, TreeSet<String>> principals = new LinkedHashMap<>();
    private final boolean preflight;

    private AdmissionRules(boolean preflight) {
        this.preflight = preflight;
    }

    /** With {@code preflight}, whoever may send some methods may send their preflights too. */
    static List<AuthorizationPolicySpecRules> of(List<Admission> admissions, boolean preflight) {
        AdmissionRules rules = new AdmissionRules(preflight);
        admissions.forEach(rules::add);
        return rules.render();
    }

    private void add(Admission admission) {
        add(admission, true);
        add(admission, false);
    }

    // A plaintext connection proves no identity, and a rule with principals would never match it: there the
    // NetworkPolicy decides.
    private void add(Admission admission, boolean identified) {
        List<TargetPort> ports = admission.connections().stream()
                .filter(connection -> connection.provesIdentity() == identified)
                .map(Connection::port)
                .toList();
        if (!ports.isEmpty()) {
            Operation operation = new Operation(
                    identified,
                    ports,
                    admission.limits().methods(),
                    admission.limits().paths());
            TreeSet<String> callers = principals.computeIfAbsent(operation, key -> new TreeSet<>());
            admission.client().identity().map(Identity::principal).ifPresent(callers::add);
        }
    }

    private List<AuthorizationPolicySpecRules> render() {
        List<AuthorizationPolicySpecRules> rules = new ArrayList<>();
        principals.forEach((operation, callers) -> {
            AuthorizationPolicySpecRulesFromSource source = operation.identified()
                    ? AuthorizationPolicySpecRulesFromSource.builder()
                            .principals(List.copyOf(callers))
                            .build()
                    : null;
            rules.add(AccessPolicy.rule(source, operation.render()));
            if (preflight && operation.refusesPreflight()) {
                rules.add(AccessPolicy.preflight(source, operation.render()));
            }
        });
        return rules;
    }

    private record Operation(
            boolean identified, List<TargetPort> ports, List<HttpMethod> methods, List<PathPattern> paths) {
        boolean refusesPreflight() {
            return !methods.isEmpty() && !methods.contains(HttpMethod.OPTIONS);
        }

        AuthorizationPolicySpecRulesToOperation.Builder render() {
            AuthorizationPolicySpecRulesToOperation.Builder operation =
                    AuthorizationPolicySpecRulesToOperation.builder().ports(AccessPolicy.ports(ports));
            if (!methods.isEmpty()) {
                operation.methods(methods.stream().map(HttpMethod::name).toList());
            }
            if (!paths.isEmpty()) {
                operation.paths(paths.stream()
                        .flatMap(path -> path.admitting().stream())
                        .distinct()
                        .toList());
            }
            return operation;
        }
    }
}
