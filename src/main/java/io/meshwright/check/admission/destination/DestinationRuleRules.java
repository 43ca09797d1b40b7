package io.meshwright.check.admission.destination;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.DestinationReference;
import io.meshwright.check.admission.part.DnsName;
import io.meshwright.check.admission.part.LabelRules;
import io.meshwright.check.admission.part.Visibility;
import java.util.LinkedHashSet;
import java.util.Set;

/** A DestinationRule: its host, subsets and audience. */
public final class DestinationRuleRules implements KindRules {
    @Override
    public void examine(Field spec) {
        String host = spec.at("host").text();
        DnsName.wildcardFlaw(host)
                .ifPresent(flaw -> spec.at("host")
                        .refuse(
                                "\"%s\" is no host: %s".formatted(host, flaw),
                                "Write the full name of a service, or of all below a domain as *.example.com."));
        PolicyRules.examine(spec.at("trafficPolicy"));
        subsets(spec.at("subsets"));
        Field selector = spec.at("workloadSelector");
        Visibility.examine(spec.at("exportTo"));
        if (selector.isSet()) {
            Visibility.ownNamespaceOnly(spec.at("exportTo"));
        }
        LabelRules.selector(selector, "matchLabels", "the rule is for every caller of the namespace");
    }

    private static void subsets(Field subsets) {
        Set<String> names = new LinkedHashSet<>();
        for (Field subset : subsets.items()) {
            Field name = subset.at("name");
            DestinationReference.subset(name);
            if (!names.add(name.text())) {
                name.refuse(
                        "\"%s\" is the name of another subset as well".formatted(name.text()),
                        "Give each subset a name of its own.");
            }
            LabelRules.labels(subset.at("labels"));
            PolicyRules.examine(subset.at("trafficPolicy"));
        }
    }
}
