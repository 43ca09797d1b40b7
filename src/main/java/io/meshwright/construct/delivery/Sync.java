package io.meshwright.construct.delivery;

import imports.io.argoproj.ApplicationSpecIgnoreDifferences;
import imports.io.argoproj.ApplicationSpecSyncPolicy;
import imports.io.argoproj.ApplicationSpecSyncPolicyAutomated;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way in which an Application is kept equal to its source: by itself, applied by the server, and only what differs,
 * so that a sync leaves alone what a controller moved in an object that Git did not change.
 */
record Sync(List<IgnoredDifference> ignored, List<String> options) {
    // RespectIgnoreDifferences is none of them: inside a list of a custom resource it replaces Git's whole list by the
    // live one, so that changes beside the ignored field never arrive [argo-cd#27480].
    private static final List<String> ALWAYS = List.of("ServerSideApply=true", "ApplyOutOfSyncOnly=true");

    Sync {
        ignored = List.copyOf(ignored);
        options = List.copyOf(options);
    }

    /** Without {@code CreateNamespace}: namespaces are manifests of their own, with their labels. */
    List<String> allOptions() {
        List<String> all = new ArrayList<>(ALWAYS);
        options.stream().filter(option -> !all.contains(option)).forEach(all::add);
        return all;
    }

    ApplicationSpecSyncPolicy policy(Retry retry) {
        return ApplicationSpecSyncPolicy.builder()
                .automated(ApplicationSpecSyncPolicyAutomated.builder()
                        .prune(true)
                        .selfHeal(true)
                        .build())
                .syncOptions(allOptions())
                .retry(retry.policy())
                .build();
    }

    /** Null where there is nothing, so that the key is absent. */
    @Nullable
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
