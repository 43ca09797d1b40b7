package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Identities that a rule names are those of pods, or it fits nobody. */
@AutoService(Inspection.class)
public final class PrincipalsKnown implements Check {
    public static final Rule PRINCIPAL_UNKNOWN = Rule.warning("MESH212", "principal_unknown")
            .restingOnAbsence()
            .title("A principal names a service account that no pod uses")
            .twins("KIA0106")
            .consequence("The rule fits nobody.")
            .remedy("Name the service account of the caller's pod template.");

    /** As istioctl and the gateway chart call the service account. */
    private static final Pattern USUAL = Pattern.compile("istio-(in|e)gress(gateway)?(-service-account)?");

    @Override
    public List<Rule> rules() {
        return List.of(PRINCIPAL_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return mesh.authorizationPolicies()
                .rules()
                .flatMap(rule -> Stream.of(
                                AuthorizationValues.of(rule, "from", "source", "principals", "notPrincipals")
                                        .flatMap(value -> principal(mesh, completeness, value)),
                                AuthorizationValues.of(rule, "from", "source", "serviceAccounts", "notServiceAccounts")
                                        .flatMap(value -> account(mesh, completeness, value)),
                                AuthorizationValues.when(rule, "source.principal")
                                        .flatMap(value -> principal(mesh, completeness, value)))
                        .flatMap(findings -> findings));
    }

    private static Stream<Finding> principal(Mesh mesh, Completeness completeness, AuthorizationValues.Value value) {
        String[] parts = value.text().split("/");
        if (parts.length != 5 || !parts[1].equals("ns") || parts[2].contains("*") || parts[4].contains("*")) {
            return Stream.empty();
        }
        return account(mesh, completeness, value, parts[2], parts[4]);
    }

    /** NAMESPACE/NAME, or a name in the policy's own namespace. */
    private static Stream<Finding> account(Mesh mesh, Completeness completeness, AuthorizationValues.Value value) {
        int slash = value.text().indexOf('/');
        String namespace =
                slash < 0 ? value.source().manifest().home() : value.text().substring(0, slash);
        return account(mesh, completeness, value, namespace, value.text().substring(slash + 1));
    }

    private static Stream<Finding> account(
            Mesh mesh, Completeness completeness, AuthorizationValues.Value value, String namespace, String account) {
        boolean known = account.equals("default")
                || mesh.externals().hasServiceAccount(namespace, account)
                || mesh.manifests()
                        .find(Kind.SERVICE_ACCOUNT, namespace, account)
                        .isPresent()
                || !mesh.pods().withServiceAccount(namespace, account).isEmpty()
                || mesh.waypoints().runsUnder(namespace, account);
        return known || !completeness.pods(namespace)
                ? Stream.empty()
                : Stream.of(Completeness.weighed(
                        PRINCIPAL_UNKNOWN.at(
                                value.source(),
                                "no pod of namespace \"%s\" runs under service account \"%s\", so the identity is nobody's"
                                        .formatted(namespace, account)),
                        completeness.isWhole(namespace) && !mayBeOfGateway(mesh, namespace, account)));
    }

    /** True if Istio's own gateways run under it, which others may have installed. */
    private static boolean mayBeOfGateway(Mesh mesh, String namespace, String account) {
        return USUAL.matcher(account).matches()
                && mesh.pods().all().stream()
                        .noneMatch(pod ->
                                pod.namespace().equals(namespace) && pod.proxy().isGateway());
    }
}
