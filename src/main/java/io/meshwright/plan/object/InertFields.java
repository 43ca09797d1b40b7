package io.meshwright.plan.object;

import java.util.List;
import java.util.Set;

/**
 * Fields of an application's container on which no way of a request depends. Those of a proxy, which has a container
 * too, are none, and neither are ports, probes of which the proxy takes over, or the user, whose calls a proxy may let
 * pass.
 */
final class InertFields {
    private static final Set<String> OF_CONTAINERS = Set.of(
            "image", "imagePullPolicy", "env", "envFrom", "resources", "args", "command", "volumeMounts", "workingDir");
    private static final String PROXY = "[istio-proxy]";

    private InertFields() {}

    static boolean contain(FieldChange field) {
        List<String> path = field.path();
        int containers = path.indexOf("containers");
        return containers > 0
                && path.get(0).equals("spec")
                && path.size() > containers + 2
                && path.get(containers + 1).startsWith("[")
                && !path.get(containers + 1).equals(PROXY)
                && OF_CONTAINERS.contains(path.get(containers + 2));
    }
}
