package io.meshwright.check.rule;

import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.AuthorizationRule;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The values of a rule must be of the form in which a proxy compares them; others fit no request. */
public final class AuthorizationRuleCanFit implements Check {
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "CONNECT", "TRACE", "*");
    private static final int PARTS_OF_PRINCIPAL = 5;

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies().all().stream()
                .map(AuthorizationPolicy::rules)
                .flatMap(List::stream)
                .map(AuthorizationRule::source)
                .flatMap(rule -> Stream.of(
                                Values.of(rule, "from", "source", "principals", "notPrincipals")
                                        .flatMap(value -> principal(mesh, value)),
                                Values.of(rule, "to", "operation", "methods", "notMethods")
                                        .flatMap(AuthorizationRuleCanFit::method),
                                Values.of(rule, "to", "operation", "paths", "notPaths")
                                        .flatMap(value -> path(value, mesh.version())),
                                Values.of(rule, "to", "operation", "hosts", "notHosts")
                                        .flatMap(AuthorizationRuleCanFit::host),
                                Values.when(rule, "source.principal").flatMap(value -> principal(mesh, value)))
                        .flatMap(findings -> findings));
    }

    private static Stream<Finding> principal(Mesh mesh, Values.Value value) {
        String written = value.text();
        Optional<String> flaw = Optional.empty();
        if (written.startsWith("spiffe://")) {
            flaw = Optional.of("the prefix spiffe:// is added by Istio itself");
        } else if (!written.startsWith("*") && !written.endsWith("*") && !isIdentity(written)) {
            flaw = Optional.of("an identity is written as %s/ns/NAMESPACE/sa/SERVICE-ACCOUNT"
                    .formatted(mesh.config().trustDomain()));
        } else if (written.length() > 1
                && written.substring(1, written.length() - 1).contains("*")) {
            flaw = Optional.of("an asterisk stands for anything only at one end");
        }
        return flaw.stream()
                .map(why -> Rule.PRINCIPAL_FITS_NOBODY.at(
                        value.source(), "\"%s\" is no identity of any caller: %s".formatted(written, why)));
    }

    private static boolean isIdentity(String written) {
        String[] parts = written.split("/");
        return parts.length == PARTS_OF_PRINCIPAL && parts[1].equals("ns") && parts[3].equals("sa");
    }

    private static Stream<Finding> method(Values.Value value) {
        // Of gRPC Istio compares the method as the path, and the HTTP method is always POST.
        boolean known = METHODS.contains(value.text())
                || value.text().endsWith("*")
                || value.text().startsWith("*");
        return known
                ? Stream.empty()
                : Stream.of(Rule.METHOD_UNKNOWN.at(
                        value.source(),
                        "no request has the method \"%s\"; methods are compared letter for letter"
                                .formatted(value.text())));
    }

    private static Stream<Finding> host(Values.Value value) {
        String written = value.text();
        String inner = written.length() > 1 ? written.substring(1, written.length() - 1) : "";
        Optional<String> flaw = Optional.empty();
        if (written.contains("/")) {
            flaw = Optional.of("a host has neither a scheme nor a path");
        } else if (inner.contains("*") || written.length() > 1 && written.startsWith("*") && written.endsWith("*")) {
            flaw = Optional.of("an asterisk stands for anything only at one end");
        }
        return flaw.stream()
                .map(why -> Rule.HOST_FITS_NOTHING.at(
                        value.source(), "the host \"%s\" fits no request: %s".formatted(written, why)));
    }

    private static Stream<Finding> path(Values.Value value, IstioVersion version) {
        String written = value.text();
        String inner = written.length() > 1 ? written.substring(1, written.length() - 1) : "";
        boolean template = version.knowsPathTemplates() && written.contains("{*");
        Optional<String> flaw = Optional.empty();
        if (written.contains("?")) {
            flaw = Optional.of("paths are compared without the query");
        } else if (!template && inner.contains("*")
                || written.startsWith("*") && written.endsWith("*") && written.length() > 1) {
            flaw = Optional.of("an asterisk stands for anything only at one end");
        } else if (written.startsWith("^") || written.endsWith("$") || written.contains(".*")) {
            flaw = Optional.of("it is no regular expression");
        } else if (!written.startsWith("/") && !written.startsWith("*")) {
            flaw = Optional.of("a path begins with a slash");
        }
        return flaw.stream()
                .map(why -> Rule.PATH_FITS_NOTHING.at(
                        value.source(), "the path \"%s\" fits no request: %s".formatted(written, why)));
    }
}
