package io.meshwright.mesh.policy;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.Wildcard;
import java.util.Optional;

/**
 * Issuer and subject of a verified token: a policy's value is cut at its last slash, so that a subject which holds one
 * fits no exact value (pilot/pkg/security/authz/model, requestPrincipalGenerator).
 */
record RequestPrincipal(String issuer, String subject) {
    private static final String ANY = "*";

    /** Empty for a token without a text in either place, which no value fits. */
    static Optional<RequestPrincipal> of(JsonNode claims) {
        return Fields.text(claims.path("iss"))
                .flatMap(issuer ->
                        Fields.text(claims.path("sub")).map(subject -> new RequestPrincipal(issuer, subject)));
    }

    /** True if a value of {@code requestPrincipals} means it; an asterisk stands for what is not empty. */
    boolean fits(String value) {
        int slash = value.lastIndexOf('/');
        String before = slash < 0 ? value : value.substring(0, slash);
        String behind = slash < 0 ? "" : value.substring(slash + 1);
        if (slash < 0 && value.startsWith(ANY)) {
            return Wildcard.fits(ANY, issuer) && Wildcard.fits(value, subject);
        }
        if (slash < 0 && value.endsWith(ANY)) {
            return Wildcard.fits(value, issuer) && Wildcard.fits(ANY, subject);
        }
        if (value.startsWith(ANY)) {
            return Wildcard.fits(before, issuer) && subject.equals(behind);
        }
        return issuer.equals(before) && (value.endsWith(ANY) ? Wildcard.fits(behind, subject) : subject.equals(behind));
    }
}
