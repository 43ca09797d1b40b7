package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recommends what the application's container should reserve, with a VerticalPodAutoscaler that changes no pod:
 * requests are decided in the file.
 */
@Doc("Recommends what the application's container should reserve, and changes no pod. The cluster has the"
        + " VerticalPodAutoscaler's definitions and recommender.")
@Sample("{maxAllowed: {memory: 2Gi}}")
public record Vpa(
        @Defaulted @Doc("Off: recommends alone; default Off.") @Sample("\"Off\"")
        UpdateMode updateMode,

        @Defaulted @Doc("What is looked at: cpu, memory; default both.") @Sample("[memory]")
        List<Resource> controlledResources,

        @Nullable @Doc("Recommends no less; default: what the recommender is started with.")
        Allowed minAllowed,

        @Nullable @Doc("Recommends no more; default: no bound.")
        Allowed maxAllowed) {
    public Vpa {
        updateMode = updateMode == null ? UpdateMode.OFF : updateMode;
        controlledResources =
                controlledResources == null ? List.of(Resource.values()) : List.copyOf(controlledResources);
        Require.that(
                !controlledResources.isEmpty(), "controlledResources", "is empty", "remove it, or name cpu or memory");
        Require.that(
                new LinkedHashSet<>(controlledResources).size() == controlledResources.size(),
                "controlledResources",
                "names one twice",
                "name each once");
        for (Resource resource : Resource.values()) {
            looksAt(controlledResources, "minAllowed", minAllowed, resource);
            looksAt(controlledResources, "maxAllowed", maxAllowed, resource);
            ordered(minAllowed, maxAllowed, resource);
        }
    }

    private static void looksAt(List<Resource> looked, String key, @Nullable Allowed bound, Resource resource) {
        Require.that(
                bound == null || bound.of(resource) == null || looked.contains(resource),
                "%s.%s".formatted(key, resource.word()),
                "bounds what controlledResources leaves out",
                "remove it, or add %s to controlledResources".formatted(resource.word()));
    }

    private static void ordered(@Nullable Allowed min, @Nullable Allowed max, Resource resource) {
        Quantity least = min == null ? null : min.of(resource);
        Quantity most = max == null ? null : max.of(resource);
        Require.that(
                least == null || most == null || least.compareTo(most) <= 0,
                "minAllowed.%s".formatted(resource.word()),
                "\"%s\" is over maxAllowed \"%s\"".formatted(least, most),
                "lower it, or raise maxAllowed.%s".formatted(resource.word()));
    }

    /** The effect of recommendations on pods: none, since others would undo what the file says. */
    public enum UpdateMode {
        @Word("Off")
        OFF;

        /** As Kubernetes spells it. */
        public String word() {
            return "Off";
        }
    }

    /** A resource that a container reserves. */
    public enum Resource {
        @Word("cpu")
        CPU,
        @Word("memory")
        MEMORY;

        /** As Kubernetes spells it. */
        public String word() {
            return this == CPU ? "cpu" : "memory";
        }
    }

    /** A bound of recommendations. */
    @Doc("A bound of recommendations; cpu, memory or both.")
    @Sample("{cpu: 50m, memory: 64Mi}")
    public record Allowed(
            @Nullable @Doc("Cores: 100m is a tenth of one; default: no bound.") @Sample("100m")
            Quantity cpu,

            @Nullable @Doc("Bytes: 256Mi, 1Gi; default: no bound.")
            Quantity memory) {
        public Allowed {
            Require.that(cpu != null || memory != null, "", "bounds nothing", "give cpu, memory or both");
            if (cpu != null) {
                Quantity.cores("cpu", cpu);
            }
            if (memory != null) {
                Quantity.bytes("memory", memory);
            }
        }

        /** The bound of one of them. */
        public @Nullable Quantity of(Resource resource) {
            return resource == Resource.CPU ? cpu : memory;
        }
    }
}
