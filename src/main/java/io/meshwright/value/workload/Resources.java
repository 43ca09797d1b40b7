package io.meshwright.value.workload;

import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import org.jspecify.annotations.Nullable;

/** Requests and limits of one container: requests are reserved on the node, limits are enforced by it. */
@Doc("What one container reserves (requests) and may use at most (limits).")
@Sample("{requests: {cpu: 50m, memory: 64Mi}, limits: {memory: 128Mi}}")
public record Resources(
        @Required @Doc("Reserved on the node, for example cpu: 100m and memory: 256Mi.")
        Amounts requests,

        @Required @Doc("Enforced: memory above it ends the container, cpu above it is throttled.")
        Amounts limits) {
    public Resources {
        Require.present("requests", requests);
        Require.present("limits", limits);
        Quantity cpu = Require.present("requests.cpu", requests.cpu());
        Require.present("limits.memory", limits.memory());
        within("memory", requests.memory(), limits.memory());
        within("cpu", cpu, limits.cpu());
        if (requests.ephemeralStorage() != null) {
            within("ephemeralStorage", requests.ephemeralStorage(), limits.ephemeralStorage());
        }
    }

    /** Requests as given; memory limit as given; no CPU limit, so that a busy node slows nobody below its request. */
    public static Resources of(String cpu, String memory, String memoryLimit) {
        return new Resources(
                Amounts.of(Quantity.of(cpu), Quantity.of(memory)), Amounts.of(null, Quantity.of(memoryLimit)));
    }

    /** The same with a CPU limit. */
    public static Resources of(String cpu, String memory, String cpuLimit, String memoryLimit) {
        return new Resources(
                Amounts.of(Quantity.of(cpu), Quantity.of(memory)),
                Amounts.of(Quantity.of(cpuLimit), Quantity.of(memoryLimit)));
    }

    private static void within(String what, Quantity request, @Nullable Quantity limit) {
        if (limit != null && request.compareTo(limit) > 0) {
            throw new InvalidValue(
                    "requests." + what,
                    "\"%s\" is over the limit \"%s\"".formatted(request, limit),
                    "lower the request or raise limits.%s".formatted(what));
        }
    }

    /** Amounts of CPU (cores, 100m is a tenth), memory (bytes, 256Mi) and disk of the node that the pod may lose. */
    public record Amounts(
            @Nullable @Doc("Cores: 100m is a tenth of one.") @Sample("100m")
            Quantity cpu,

            @Required @Doc("Bytes: 256Mi, 1Gi.") Quantity memory,

            @Nullable
            @Doc("Bytes of the node's disk for scratch volumes and logs; a pod above its limit is evicted. Default: no"
                    + " bound but those of the volumes.")
            @Sample("1Gi")
            Quantity ephemeralStorage) {
        public Amounts {
            if (ephemeralStorage != null) {
                Quantity.bytes("ephemeralStorage", ephemeralStorage);
            }
            Quantity.bytes("memory", Require.present("memory", memory));
            if (cpu != null) {
                Quantity.cores("cpu", cpu);
            }
        }

        static Amounts of(@Nullable Quantity cpu, Quantity memory) {
            return new Amounts(cpu, memory, null);
        }
    }
}
