package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Word;
import java.util.LinkedHashMap;
import java.util.Map;

/** Pods that have names and volumes of their own, each found by its name below a headless Service. */
@Word("statefulSet")
@Doc("Pods with names and volumes of their own; name-0.service-headless finds the first of them.")
public record StatefulSet(
        @Defaulted @Doc("OrderedReady: one after the other; Parallel: all at once; default OrderedReady.")
        PodManagementPolicy podManagementPolicy,

        @Defaulted @Doc("Volumes that each pod has for itself, besides container.storage; mounted by volumeMounts.")
        Map<Name, Claim> volumeClaimTemplates)
        implements WorkloadKind {
    public StatefulSet {
        podManagementPolicy = podManagementPolicy == null ? PodManagementPolicy.ORDERED_READY : podManagementPolicy;
        volumeClaimTemplates = volumeClaimTemplates == null ? Map.of() : new LinkedHashMap<>(volumeClaimTemplates);
    }

    /** The order in which pods come and go. */
    public enum PodManagementPolicy {
        @Word("OrderedReady")
        ORDERED_READY,
        @Word("Parallel")
        PARALLEL
    }
}
