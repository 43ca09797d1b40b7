package io.meshwright.construct;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.workload.Storage;

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
        return new StatefulSet(scale, storage, service);
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
    record StatefulSet(Scale scale, Storage storage, Name service) implements Controller {
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

    /** A DaemonSet. */
    record DaemonSet() implements Controller {}
}
