package io.meshwright.check.evidence;

import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;

/** All places of a DestinationRule that hold a traffic policy. */
public final class TrafficPolicies {
    private TrafficPolicies() {}

    /** The whole rule's, those of its subsets, and the settings for ports below each. */
    public static List<Source> of(DestinationRule rule) {
        List<Source> policies = new ArrayList<>();
        Manifest manifest = rule.source().manifest();
        add(policies, Source.of(manifest).at("/spec/trafficPolicy"));
        for (int index = 0; index < manifest.at("/spec/subsets").size(); index++) {
            add(policies, Source.of(manifest).item("spec/subsets", index).at("/trafficPolicy"));
        }
        return policies;
    }

    private static void add(List<Source> policies, Source policy) {
        if (policy.value().isObject()) {
            policies.add(policy);
            for (int index = 0;
                    index
                            < policy.manifest()
                                    .at(policy.pointer())
                                    .path("portLevelSettings")
                                    .size();
                    index++) {
                policies.add(policy.item("portLevelSettings", index));
            }
        }
    }
}
