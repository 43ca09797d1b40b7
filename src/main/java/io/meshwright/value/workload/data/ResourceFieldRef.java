package io.meshwright.value.workload.data;

import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Plain;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Shorthand;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A request or limit of a container of the pod, as a whole number, rounded up. */
@Doc("What a container of the pod requests, or its limit, as a whole number.")
@Sample("limits.memory")
public record ResourceFieldRef(
        @Required
        @Doc("requests. or limits. of cpu, memory or ephemeral-storage, such as limits.memory. Where the container has"
                + " no such limit it is what the node has.")
        String resource,

        @Nullable
        @Doc("What is counted: 1 or 1m of CPU; 1, 1k, 1M, 1G, 1T, 1P, 1Ki, 1Mi, 1Gi, 1Ti or 1Pi of the others; default"
                + " 1.")
        @Sample("1Mi")
        Quantity divisor,

        @Nullable
        @Doc("Whose: the application's, or one of pod.initContainers or pod.sidecars; default: of a variable its own"
                + " container, of a file the application's.")
        @Sample("web")
        Name containerName) {
    private static final Set<String> RESOURCES = Set.of("cpu", "memory", "ephemeral-storage");
    private static final Set<String> OF_CPU = Set.of("1", "1m");
    private static final Set<String> OF_BYTES =
            Set.of("1", "1k", "1M", "1G", "1T", "1P", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi");

    public ResourceFieldRef {
        Require.present("resource", resource);
        String named = resource.replaceFirst("^(requests|limits)\\.", "");
        Require.that(
                RESOURCES.contains(named) && !named.equals(resource),
                "resource",
                "%s is no resource that a pod is told".formatted(Plain.quoted(resource)),
                "write requests. or limits. and cpu, memory or ephemeral-storage");
        Set<String> divisors = named.equals("cpu") ? OF_CPU : OF_BYTES;
        Require.that(
                divisor == null || divisors.contains(divisor.toString()),
                "divisor",
                "\"%s\" is no divisor of %s".formatted(divisor, named),
                named.equals("cpu") ? "write 1 or 1m" : "write 1 with a unit, such as 1Mi");
    }

    /** A resource of the container that reads it, such as {@code limits.cpu}. */
    @Shorthand
    public static ResourceFieldRef resource(String resource) {
        return new ResourceFieldRef(resource, null, null);
    }

    /** The same, of this container where it names none. */
    public ResourceFieldRef orOf(Name container) {
        return containerName == null ? new ResourceFieldRef(resource, divisor, container) : this;
    }
}
