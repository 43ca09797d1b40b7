package io.meshwright.advise;

import io.meshwright.draft.EnvironmentText;
import io.meshwright.environment.Environment;
import io.meshwright.value.KeyPath;
import io.meshwright.value.workload.Resources;

/**
 * The size of all sidecars: where a file does not say it, one number of it comes with the others, which go together.
 */
final class SidecarSize {
    static final KeyPath KEY = KeyPath.of("istio.proxy");

    private SidecarSize() {}

    static EnvironmentText before(KeyPath key, EnvironmentText file, Environment environment) {
        boolean first = key.text().startsWith(KEY.text().concat(".")) && !file.has(KEY);
        return first ? file.with(KEY, written(environment.istio().proxy())) : file;
    }

    private static String written(Resources size) {
        return "{requests: {cpu: %s, memory: %s}, limits: {%smemory: %s}}"
                .formatted(
                        size.requests().cpu(),
                        size.requests().memory(),
                        size.limits().cpu() == null
                                ? ""
                                : "cpu: %s, ".formatted(size.limits().cpu()),
                        size.limits().memory());
    }
}
