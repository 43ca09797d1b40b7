package io.meshwright.value.workload.data;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.pod.ObjectName;

/** One key of a ConfigMap or Secret of the namespace. */
@Doc("One key of a ConfigMap or Secret of the namespace.")
@Sample("{name: settings, key: level}")
public record KeyRef(
        @Required ObjectName name,

        @Required @Doc("The key, such as level.") String key,

        @Defaulted
        @Doc("true: without object or key the container starts, and has no such variable; default false, and it waits.")
        Boolean optional) {
    public KeyRef {
        Require.present("name", name);
        DataKey.check("key", Require.present("key", key));
        optional = optional != null && optional;
    }
}
