package io.meshwright.construct.traffic;

import imports.io.istio.networking.DestinationRuleSpecSubsets;
import imports.io.istio.networking.DestinationRuleSpecSubsetsTrafficPolicy;
import imports.io.istio.networking.DestinationRuleSpecSubsetsTrafficPolicyConnectionPool;
import imports.io.istio.networking.DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolHttp;
import io.meshwright.value.Duration;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Release;
import io.meshwright.value.traffic.Stream;
import io.meshwright.value.traffic.Variant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The subsets of a service, as Istio writes them. */
final class SubsetRules {
    private final DestinationPolicy.Props props;
    private final List<DestinationRuleSpecSubsets> subsets = new ArrayList<>();

    private SubsetRules(DestinationPolicy.Props props) {
        this.props = props;
    }

    static List<DestinationRuleSpecSubsets> of(DestinationPolicy.Props props) {
        SubsetRules rules = new SubsetRules(props);
        if (props.release().filter(Release::isManaged).isPresent()) {
            // The controller adds the hash of each side's pods to these labels, and removes every other subset.
            rules.add(Subsets.STABLE, props.podLabels(), false);
            rules.add(Subsets.CANARY, props.podLabels(), false);
            return rules.subsets;
        }
        rules.versions(false);
        if (!props.streams().isEmpty()) {
            rules.versions(true);
        }
        return rules.subsets;
    }

    private void versions(boolean streams) {
        if (props.release().isEmpty()) {
            Subsets.of(streams).ifPresent(name -> add(name, props.podLabels(), streams));
        }
        props.release().stream()
                .flatMap(release -> release.variants().stream())
                .map(Variant::name)
                .forEach(
                        version -> Subsets.of(version, streams).ifPresent(name -> add(name, labels(version), streams)));
    }

    private void add(String name, Map<String, String> labels, boolean streams) {
        subsets.add(DestinationRuleSpecSubsets.builder()
                .name(name)
                .labels(labels)
                .trafficPolicy(streams ? streaming() : null)
                .build());
    }

    private Map<String, String> labels(Name version) {
        Map<String, String> labels = new TreeMap<>(props.podLabels());
        labels.put("version", version.toString());
        return labels;
    }

    // A subset's pool replaces the service's as a whole, so that none of its limits holds for streams (incident I3).
    private DestinationRuleSpecSubsetsTrafficPolicy streaming() {
        Optional<Duration> idle =
                props.streams().stream().map(Stream::idleTimeout).max(Comparator.naturalOrder());
        return DestinationRuleSpecSubsetsTrafficPolicy.builder()
                .connectionPool(DestinationRuleSpecSubsetsTrafficPolicyConnectionPool.builder()
                        .http(DestinationRuleSpecSubsetsTrafficPolicyConnectionPoolHttp.builder()
                                .idleTimeout(idle.orElseThrow().toString())
                                .build())
                        .build())
                .build();
    }
}
