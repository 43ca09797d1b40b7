package io.meshwright.check.admission.route;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.part.DnsName;
import io.meshwright.check.admission.part.LabelRules;
import io.meshwright.check.admission.part.PortRules;
import java.util.List;

/** A match of an HTTP route. */
final class HttpMatchRules {
    private static final String ANY = "*";

    private HttpMatchRules() {}

    static void examine(Field match) {
        for (Field header : match.at("headers").entries()) {
            if (!header.isSet()) {
                header.refuse(
                        "the header \"%s\" is matched with nothing".formatted(header.key()),
                        "Write exact, prefix or regex, or {} for any value.");
            }
            HeaderRules.matched(header);
            TextMatch.examine(header);
        }
        for (Field header : match.at("withoutHeaders").entries()) {
            HeaderRules.matched(header);
            // An asterisk is no regular expression, but Istio's sign here for any value.
            if (!header.at("regex").text().equals(ANY)) {
                TextMatch.examine(header);
            }
        }
        // A prefix of a path may be empty, which fits every path.
        TextMatch.regex(match.at("uri"));
        List.of("scheme", "method", "authority").forEach(part -> TextMatch.examine(match.at(part)));
        match.at("queryParams").entries().forEach(TextMatch::examine);
        PortRules.numberIfSet(match.at("port"));
        LabelRules.labels(match.at("sourceLabels"));
        GatewayNames.examine(match.at("gateways"));
        Field namespace = match.at("sourceNamespace");
        if (!namespace.isEmpty() && !DnsName.isLabel(namespace.text())) {
            namespace.refuse(
                    "\"%s\" is no namespace".formatted(namespace.text()), "Name one namespace, without an asterisk.");
        }
    }
}
