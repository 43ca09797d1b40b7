package io.meshwright.construct.delivery;

import imports.io.argoproj.ApplicationSpecIgnoreDifferences;
import imports.io.argoproj.ApplicationSpecSyncPolicy;
import imports.io.argoproj.ApplicationSpecSyncPolicyAutomated;
import imports.io.argoproj.ApplicationSpecSyncPolicyRetry;
import imports.io.argoproj.ApplicationSpecSyncPolicyRetryBackoff;
import java.util.ArrayList;
import java.util.List;

/** How an Application is kept equal to its source: by itself, deleting last, applied by the server, tried again when it fails. */
record Sync(List<IgnoredDifference> ignored, List<String> options) {
  private static final int ATTEMPTS = 10;
  private static final List<String> ALWAYS = List.of("PruneLast=true", "ServerSideApply=true");

  Sync {
    ignored = List.copyOf(ignored);
    options = List.copyOf(options);
  }

  /** Without {@code CreateNamespace}: namespaces are manifests of their own, with their labels. */
  List<String> allOptions() {
    List<String> all = new ArrayList<>(ALWAYS);
    if (!ignored.isEmpty()) {
      // Else a sync would write back what the comparison had ignored.
      all.add("RespectIgnoreDifferences=true");
    }
    options.stream().filter(option -> !all.contains(option)).forEach(all::add);
    return all;
  }

  ApplicationSpecSyncPolicy policy() {
    return ApplicationSpecSyncPolicy.builder()
        .automated(ApplicationSpecSyncPolicyAutomated.builder().prune(true).selfHeal(true).build())
        .syncOptions(allOptions())
        .retry(ApplicationSpecSyncPolicyRetry.builder()
            .limit(ATTEMPTS)
            .backoff(ApplicationSpecSyncPolicyRetryBackoff.builder().duration("10s").factor(2).maxDuration("3m").build())
            .build())
        .build();
  }

  /** Null where there is nothing, so that the key is absent. */
  List<ApplicationSpecIgnoreDifferences> differences() {
    return ignored.isEmpty() ? null : ignored.stream().map(Sync::difference).toList();
  }

  private static ApplicationSpecIgnoreDifferences difference(IgnoredDifference ignored) {
    return ApplicationSpecIgnoreDifferences.builder()
        .group(ignored.group())
        .kind(ignored.kind())
        .name(ignored.name())
        .namespace(ignored.namespace().orElse(null))
        .jqPathExpressions(ignored.paths())
        .build();
  }
}
