package io.meshwright.stack;

import io.meshwright.platform.Platform;
import io.meshwright.value.workload.Container;

/** Volumes whose class the file leaves open get the platform's. */
final class Storages {
    private Storages() {}

    static Container withClass(Container container, Platform platform) {
        return container.storage() == null || container.storage().storageClass() != null
                ? container
                : container.with(container.storage().withClass(platform.storageClass()));
    }
}
