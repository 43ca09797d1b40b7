package io.meshwright.construct.observability.settings;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.telemetry.Sensitivity;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A service that is held against its own past.
 *
 * @param app label {@code app} of its pods, by which its log lines are found
 * @param workloads names of its workloads, one for each version; none where others run its pods
 */
public record WatchedService(Name namespace, Name name, String app, List<String> workloads, Sensitivity sensitivity) {
    public WatchedService {
        workloads = List.copyOf(workloads);
        Require.that(
                sensitivity != Sensitivity.NONE,
                "sensitivity",
                "is none for a service that is watched",
                "leave it out");
    }

    /**
     * Returns the selector of its pods among all series: what a ReplicaSet or a StatefulSet puts behind a name, and no
     * more.
     */
    public String pods() {
        return "namespace=\"%s\",pod=~\"(%s)-[a-z0-9]+(-[a-z0-9]{5})?\""
                .formatted(namespace, String.join("|", workloads));
    }

    /** Names of these services as a regular expression of PromQL. */
    public static String anyOf(List<WatchedService> services) {
        return services.stream().map(service -> service.name().toString()).collect(Collectors.joining("|"));
    }
}
