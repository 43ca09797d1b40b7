package io.meshwright.construct.delivery;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One cluster of a fleet and the environment that it runs.
 *
 * @param cluster name under which the fleet's Argo CD knows it
 * @param path the environment's folder, such as {@code dist/azure}; several members may share one
 * @param stage when it takes part in a rollout
 */
public record FleetMember(Name name, String cluster, String path, Name stage) {
    public FleetMember {
        Require.present("name", name);
        Require.notBlank("cluster", cluster);
        Require.notBlank("path", path);
        Require.present("stage", stage);
    }

    Map<String, Object> parameters() {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("name", name.value());
        parameters.put("cluster", cluster);
        parameters.put("path", path);
        parameters.put("stage", stage.value());
        return parameters;
    }
}
