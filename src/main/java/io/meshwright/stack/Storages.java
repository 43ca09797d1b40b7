package io.meshwright.stack;

import io.meshwright.platform.Platform;
import io.meshwright.value.workload.Container;

/** Gives volumes whose class the file leaves open the platform's. */
final class Storages {
    private Storages() {}

    static Container withClass(Container container, Platform platform) {
        return container.storage() == null || container.storage().storageClass() != null
                ? container
                : container.with(container.storage().withClass(platform.storageClass()));
    }
}
