package io.meshwright.value.workload.data;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.pod.ObjectName;
import org.jspecify.annotations.Nullable;

/** All keys of a ConfigMap or Secret as variables. */
@Doc("All keys of a ConfigMap or Secret of the namespace as variables.")
public record EnvFrom(
        @Nullable @Doc("Name of a ConfigMap.") ObjectName configMapRef,
        @Nullable @Doc("Name of a Secret.") ObjectName secretRef,

        @Nullable @Doc("Put before each key; default nothing.")
        String prefix,

        @Defaulted @Doc("true: the container starts without the ConfigMap or Secret; default false, and it waits.")
        Boolean optional) {
    public EnvFrom {
        Require.that(
                (configMapRef == null) != (secretRef == null),
                "",
                "is not exactly one of configMapRef and secretRef",
                "give one of them");
        Require.that(
                prefix == null || prefix.matches("[A-Za-z_][A-Za-z0-9_]*"),
                "prefix",
                "\"%s\" begins no variable".formatted(prefix),
                "use letters, digits and underscores");
        optional = optional != null && optional;
    }

    /** All keys of a ConfigMap that is there. */
    public static EnvFrom configMap(ObjectName name) {
        return new EnvFrom(name, null, null, null);
    }

    /** All keys of a Secret that is there. */
    public static EnvFrom secret(ObjectName name) {
        return new EnvFrom(null, name, null, null);
    }
}
