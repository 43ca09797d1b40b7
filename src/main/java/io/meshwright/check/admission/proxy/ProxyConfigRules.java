package io.meshwright.check.admission.proxy;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.LabelRules;

/** A ProxyConfig. */
public final class ProxyConfigRules implements KindRules {
    @Override
    public void examine(Field spec) {
        LabelRules.selector(spec.at("selector"), "matchLabels", "it is for every proxy of the namespace");
        if (spec.at("concurrency").number() < 0) {
            spec.at("concurrency")
                    .refuse(
                            "%d threads cannot be run"
                                    .formatted(spec.at("concurrency").number()),
                            "Write 0 for one per core, or more.");
        }
    }
}
