package io.meshwright.construct.security;

import io.meshwright.value.ExceptionTerms;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.MtlsException;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObjectMetadata;

/** The name of an object and what a person should know beside it, as annotations. */
final class Notes {
    private final Map<String, String> annotations = new TreeMap<>();

    static Notes none() {
        return new Notes();
    }

    static Notes reason(String reason) {
        Notes notes = new Notes();
        notes.annotations.put(MeshwrightNames.REASON, reason);
        return notes;
    }

    /** Istio reports what a policy in dry run would decide, and does not obey it. */
    Notes enforcement(Enforcement enforcement) {
        if (enforcement == Enforcement.DRY_RUN) {
            annotations.put(IstioAnnotations.DRY_RUN, "true");
        }
        return this;
    }

    /** An exception's terms, of the whole workload or of one port. */
    Notes terms(MtlsException exception) {
        annotations.putAll(
                exception.port() == null
                        ? ExceptionTerms.annotations(exception.terms())
                        : ExceptionTerms.annotations(exception.port(), exception.terms()));
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
