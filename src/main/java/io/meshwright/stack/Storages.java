package io.meshwright.stack;

import io.meshwright.platform.Platform;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Claim;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.StatefulSet;
import io.meshwright.value.workload.WorkloadKind;
import java.util.LinkedHashMap;
import java.util.Map;

/** Gives volumes whose class the file leaves open the platform's. */
final class Storages {
    private Storages() {}

    static Container withClass(Container container, Platform platform) {
        return container.storage() == null || container.storage().storageClass() != null
                ? container
                : container.with(container.storage().withClass(platform.storageClass()));
    }

    static WorkloadKind withClass(WorkloadKind kind, Platform platform) {
        if (!(kind instanceof StatefulSet set)) {
            return kind;
        }
        Map<Name, Claim> claims = new LinkedHashMap<>();
        set.volumeClaimTemplates().forEach((name, claim) -> claims.put(name, claim.orClass(platform.storageClass())));
        return new StatefulSet(set.podManagementPolicy(), claims);
    }
}
