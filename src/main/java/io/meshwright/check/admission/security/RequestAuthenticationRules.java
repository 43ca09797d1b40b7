package io.meshwright.check.admission.security;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.Link;
import io.meshwright.check.admission.part.PolicyTargets;
import io.meshwright.check.admission.part.Span;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A RequestAuthentication: whose tokens are verified, and where they are found. */
public final class RequestAuthenticationRules implements KindRules {
    private static final Pattern HEADER = Pattern.compile("[-_A-Za-z0-9]+");
    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Override
    public void examine(Field spec) {
        PolicyTargets.examine(spec);
        spec.at("jwtRules").items().forEach(RequestAuthenticationRules::rule);
    }

    private static void rule(Field rule) {
        Field uri = rule.at("jwksUri");
        boolean known = rule.version().knowsIssuerByKeys() && !uri.isEmpty();
        if (rule.at("issuer").isEmpty() && !known) {
            rule.at("issuer").refuse("it is not said whose tokens are verified", "Write issuer.");
        }
        if (!uri.isEmpty() && !SCHEMES.contains(Link.scheme(uri.text()).orElse(""))) {
            uri.refuse("\"%s\" is no address of the web".formatted(uri.text()), "Write one of https.");
        }
        if (!rule.at("jwks").isEmpty()) {
            KeySet.examine(rule.at("jwks"));
        }
        List.of("audiences", "fromParams", "fromCookies").forEach(field -> PolicyTargets.texts(rule.at(field)));
        for (Field header : rule.at("fromHeaders").items()) {
            if (header.at("name").isEmpty()) {
                header.at("name").refuse("the header has no name", "Name it.");
            }
        }
        rule.at("outputClaimToHeaders").items().forEach(RequestAuthenticationRules::output);
        Span.examine(rule.at("timeout"));
    }

    private static void output(Field output) {
        Field header = output.at("header");
        if (output.at("claim").isEmpty()) {
            output.at("claim").refuse("it is not said which claim is copied", "Write claim.");
        }
        boolean underscore =
                header.text().indexOf('_') >= 0 && !header.version().copiesClaimsToAnyHeader();
        if (underscore || !HEADER.matcher(header.text()).matches()) {
            header.refuse(
                    "\"%s\" is no name of a header that is written".formatted(header.text()),
                    "Write letters, digits and dashes.");
        }
    }
}
