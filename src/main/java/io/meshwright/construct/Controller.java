package io.meshwright.construct;

import io.meshwright.construct.pod.Scale;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.workload.Storage;
import java.util.Optional;

/** The object that keeps a workload's pods running. */
public sealed interface Controller {
    /** A Deployment that replaces its pods one after the other. */
    static Controller deployment(Scale scale) {
        return new Deployment(scale, false);
    }

    /** A Deployment of one pod that ends before the next starts: for a volume that only one pod can hold. */
    static Controller onePodAtATime() {
        return new Deployment(Scale.fixed(1), true);
    }

    /**
     * A StatefulSet whose pods each have a volume of their own.
     *
     * @param storage mounted under the volume name {@value Workload#VOLUME} by the pod's containers
     * @param service that governs it
     */
    static Controller statefulSet(Scale scale, Storage storage, Name service) {
        return new StatefulSet(scale, Optional.of(storage), service, Optional.empty());
    }

    /**
     * A StatefulSet whose pods are found by their names.
     *
     * @param storage as above, where it is given
     * @param service headless, which governs it
     * @param named volumes of its pods, and the order in which they come
     */
    static Controller statefulSet(
            Scale scale, Optional<Storage> storage, Name service, io.meshwright.value.workload.StatefulSet named) {
        return new StatefulSet(scale, storage, service, Optional.of(named));
    }

    /** A Job: pods that end. */
    static Controller job(io.meshwright.value.workload.Job job) {
        return new Job(job);
    }

    /** A CronJob: pods that end, begun by the clock. */
    static Controller cronJob(io.meshwright.value.workload.CronJob job) {
        return new CronJob(job);
    }

    /** A DaemonSet: one pod on every node. */
    static Controller onEveryNode() {
        return new DaemonSet();
    }

    /** The pods that it keeps at least, 1 for those of each node. */
    default int pods() {
        return 1;
    }

    /** A Deployment; {@code recreates} ends the old pod before the new one starts. */
    record Deployment(Scale scale, boolean recreates) implements Controller {
        public Deployment {
            Require.present("scale", scale);
        }

        @Override
        public int pods() {
            return scale.pods();
        }
    }

    /** A StatefulSet. */
    record StatefulSet(
            Scale scale,
            Optional<Storage> storage,
            Name service,
            Optional<io.meshwright.value.workload.StatefulSet> named)
            implements Controller {
        public StatefulSet {
            Require.present("scale", scale);
            Require.present("storage", storage);
            Require.present("service", service);
        }

        @Override
        public int pods() {
            return scale.pods();
        }
    }

    /** A Job. */
    record Job(io.meshwright.value.workload.Job job) implements Controller {}

    /** A CronJob. */
    record CronJob(io.meshwright.value.workload.CronJob job) implements Controller {}

    /** A DaemonSet. */
    record DaemonSet() implements Controller {}
}
