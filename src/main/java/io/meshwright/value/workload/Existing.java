package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import java.util.Map;
import java.util.TreeMap;

/** Pods that another team or chart runs in a namespace of this environment; what surrounds them is ours. */
@Word("existing")
@Doc("Pods that another team or chart runs; Service, policies, routes and releases around them are made here.")
public record Existing(
        @Required @Doc("Labels by which its pods, and no others, are known.")
        Map<String, String> labels,

        @Defaulted @Doc("Their service account, which callers know them by; default: default.")
        Name serviceAccountName,

        @Defaulted @Doc("ours: the Service is made here; existing: it is there under the key's name; default ours.")
        Owner service)
        implements WorkloadKind {
    public Existing {
        labels = new TreeMap<>(Require.notEmpty("labels", labels));
        LabelSyntax.labels("labels", labels);
        serviceAccountName = serviceAccountName == null ? Name.of("default") : serviceAccountName;
        service = service == null ? Owner.OURS : service;
    }

    /** The owner of the Service. */
    public enum Owner {
        @Word("ours")
        OURS,
        @Word("existing")
        EXISTING
    }
}
