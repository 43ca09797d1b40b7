package io.meshwright.mesh;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The DestinationRules of one namespace by host, merged where Istio merges them. */
final class RuleIndex {

  private final Map<String, List<DestinationRule>> byHost = new TreeMap<>();
  private final boolean byExport;

  RuleIndex(IstioVersion version) {
    this.byExport = version.mergesDestinationRulesByExport();
  }

  void add(DestinationRule rule) {
    List<DestinationRule> there = byHost.computeIfAbsent(rule.host(), none -> new ArrayList<>());
    boolean alone = true;
    for (int index = 0; index < there.size(); index++) {
      DestinationRule early = there.get(index);
      boolean sameClients = early.clients().equals(rule.clients());
      boolean sameExport = !byExport || early.export().equals(rule.export());
      boolean wider = rule.export().namespaces().containsAll(early.export().namespaces());
      if (sameClients && (sameExport || wider)) {
        there.set(index, early.and(rule));
        alone &= !sameExport;
      }
    }
    if (alone) {
      there.add(rule);
    }
  }

  /** The rules of the most specific host that fits. */
  List<DestinationRule> find(String host) {
    List<DestinationRule> exact = byHost.get(host);
    return exact != null ? exact : byHost.keySet().stream().filter(HostName::isWildcard).filter(wildcard -> HostName.within(host, wildcard))
        .min(Comparator.comparing(wildcard -> wildcard, HostName.MOST_SPECIFIC_FIRST)).map(byHost::get).orElse(List.of());
  }
}
