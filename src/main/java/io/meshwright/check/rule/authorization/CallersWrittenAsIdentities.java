package io.meshwright.check.rule.authorization;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.AuthorizationValues;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.value.istio.IstioNames;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A principal of a rule has the form in which a proxy compares identities; any other fits nobody. */
@AutoService(Inspection.class)
public final class CallersWrittenAsIdentities implements Check {
    public static final Rule PRINCIPAL_FITS_NOBODY = Rule.error("MESH211", "principal_fits_nobody")
            .title("A principal is no identity")
            .consequence("The rule fits nobody: an ALLOW policy denies everything, a DENY policy nothing.")
            .remedy("Write TRUST-DOMAIN/ns/NAMESPACE/sa/SERVICE-ACCOUNT, such as cluster.local/ns/shop/sa/web.");

    private static final String DEFAULT_DOMAIN = IstioNames.TRUST_DOMAIN.value();
    private static final int PARTS_OF_PRINCIPAL = 5;

    @Override
    public List<Rule> rules() {
        return List.of(PRINCIPAL_FITS_NOBODY);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.authorizationPolicies()
                .rules()
                .flatMap(rule -> Stream.concat(
                                AuthorizationValues.of(rule, "from", "source", "principals", "notPrincipals"),
                                AuthorizationValues.when(rule, "source.principal"))
                        .flatMap(value -> principal(mesh, value)));
    }

    private static Stream<Finding> principal(Mesh mesh, AuthorizationValues.Value value) {
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
        } else {
            flaw = ofAnotherDomain(mesh.config(), written);
        }
        return flaw.stream()
                .map(why -> PRINCIPAL_FITS_NOBODY.at(
                        value.source(), "\"%s\" is no identity of any caller: %s".formatted(written, why)));
    }

    /** Istio puts the mesh's own trust domain in the place of cluster.local only where all five parts are written. */
    private static Optional<String> ofAnotherDomain(MeshConfig config, String written) {
        boolean pointer = written.startsWith(DEFAULT_DOMAIN.concat("/"))
                && written.split("/", -1).length != PARTS_OF_PRINCIPAL
                && !config.trustDomain().equals(DEFAULT_DOMAIN)
                && !config.trustDomainAliases().contains(DEFAULT_DOMAIN);
        return pointer
                ? Optional.of("the trust domain is %s, for which %s stands only in an identity of five parts, such as"
                                .formatted(config.trustDomain(), DEFAULT_DOMAIN)
                        + " %s/ns/NAMESPACE/sa/*".formatted(DEFAULT_DOMAIN))
                : Optional.empty();
    }

    private static boolean isIdentity(String written) {
        String[] parts = written.split("/");
        return parts.length == PARTS_OF_PRINCIPAL && parts[1].equals("ns") && parts[3].equals("sa");
    }
}
