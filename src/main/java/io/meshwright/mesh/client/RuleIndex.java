package io.meshwright.mesh.client;

import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The DestinationRules of one namespace by host, merged where Istio merges them. */
final class RuleIndex {
    private final Map<String, List<DestinationRule>> byHost = new HashMap<>();
    private boolean hasWildcards;
    private final boolean byExport;

    RuleIndex(IstioVersion version) {
        this.byExport = version.mergesDestinationRulesByExport();
    }

    /**
     * Rules come in the order of {@link DestinationRules}: those for some clients first
     * (pilot/pkg/model/destination_rule.go, mergeDestinationRule).
     */
    void add(DestinationRule rule) {
        List<DestinationRule> there = byHost.computeIfAbsent(rule.host(), none -> new ArrayList<>());
        hasWildcards |= HostName.isWildcard(rule.host());
        boolean alone = true;
        for (int index = 0; index < there.size(); index++) {
            DestinationRule early = there.get(index);
            boolean equal = early.export().written().equals(rule.export().written());
            boolean sameClients = early.clients().equals(rule.clients());
            if (joins(early, rule, equal)) {
                there.set(index, byExport ? early.and(rule) : early.and(rule).shownTo(export(early, rule)));
                alone = byExport ? !sameClients && !equal : alone && !sameClients;
            } else {
                // Istio forgets here that the rule has been merged into an earlier one.
                alone |= byExport;
            }
        }
        if (alone) {
            there.add(rule);
        }
    }

    private boolean joins(DestinationRule early, DestinationRule late, boolean equal) {
        Set<String> narrow = early.export().written();
        boolean shown = !byExport
                || equal
                || !narrow.isEmpty() && late.export().written().containsAll(narrow);
        boolean bothForSome = early.clients().isPresent() && late.clients().isPresent();
        return shown && (!bothForSome || early.clients().equals(late.clients()));
    }

    /** Up to 1.23 the rules of a host share one exportTo: the first that is written. */
    private static Export export(DestinationRule early, DestinationRule late) {
        return early.export().isDefault() ? late.export() : early.export();
    }

    /** The rules of the most specific host that fits. */
    List<DestinationRule> find(String host) {
        Stream<String> wildcards = hasWildcards ? HostName.wildcardsOver(host) : Stream.empty();
        return Stream.concat(Stream.of(host), wildcards)
                .map(byHost::get)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(List.of());
    }
}
