package io.meshwright.construct.security;

import io.meshwright.value.Name;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.MtlsException;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObjectMetadata;

/** The name of an object and what a person should know beside it, as annotations. */
final class Notes {
    private static final String REASON = "meshwright.io/reason";
    private static final String OWNER = "meshwright.io/owner";
    private static final String EXPIRES = "meshwright.io/expires";
    private static final String DRY_RUN = "istio.io/dry-run";

    private final Map<String, String> annotations = new TreeMap<>();

    static Notes none() {
        return new Notes();
    }

    static Notes reason(String reason) {
        Notes notes = new Notes();
        notes.annotations.put(REASON, reason);
        return notes;
    }

    /** Istio reports what a policy in dry run would decide, and does not obey it. */
    Notes enforcement(Enforcement enforcement) {
        if (enforcement == Enforcement.DRY_RUN) {
            annotations.put(DRY_RUN, "true");
        }
        return this;
    }

    /** An exception's terms; of one port, behind the port's number, because a workload can have several. */
    Notes terms(MtlsException exception) {
        String port = exception.port() == null ? "" : "-%s".formatted(exception.port());
        annotations.put(REASON.concat(port), exception.reason());
        annotations.put(OWNER.concat(port), exception.owner());
        annotations.put(EXPIRES.concat(port), exception.expires().toString());
        return this;
    }

    ApiObjectMetadata of(String name, Name namespace) {
        return of(name).namespace(namespace.toString()).build();
    }

    /** Of an object that belongs to the cluster. */
    ApiObjectMetadata ofCluster(String name) {
        return of(name).build();
    }

    private ApiObjectMetadata.Builder of(String name) {
        ApiObjectMetadata.Builder metadata = ApiObjectMetadata.builder().name(name);
        return annotations.isEmpty() ? metadata : metadata.annotations(annotations);
    }
}
