package io.meshwright.construct.observability.settings;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Percent;
import io.meshwright.value.Require;
import io.meshwright.value.istio.IstioNames;
import java.util.List;

/**
 * Facts of the mesh that monitoring watches.
 *
 * @param istioNamespace where istiod runs
 * @param gateways names of the gateways' workloads, as Istio's metrics name them
 * @param strictNamespaces namespaces that declare STRICT mTLS; plaintext arriving there raises an alert
 * @param plaintextApps label {@code app} of the pods of those namespaces that are declared exceptions
 * @param sampling share of requests that are traced
 * @param streaming services whose requests last by design, left out of the latency promise
 */
public record Mesh(
        @Defaulted String istioNamespace,
        List<String> gateways,
        @Defaulted List<String> strictNamespaces,
        @Defaulted List<String> plaintextApps,
        Percent sampling,
        @Defaulted List<StreamingService> streaming) {
    public Mesh {
        istioNamespace = istioNamespace == null ? IstioNames.ROOT_NAMESPACE.value() : istioNamespace;
        gateways = List.copyOf(Require.notEmpty("gateways", gateways));
        strictNamespaces = strictNamespaces == null ? List.of() : List.copyOf(strictNamespaces);
        plaintextApps = plaintextApps == null ? List.of() : List.copyOf(plaintextApps);
        Require.present("sampling", sampling);
        streaming = streaming == null ? List.of() : List.copyOf(streaming);
    }

    /** A selector of series without those of services whose requests last by design. */
    public String withoutStreams(String selector) {
        return streaming.isEmpty()
                ? selector
                : "%s,%s".formatted(selector, StreamingService.anyOf(streaming).replace("=~", "!~"));
    }
}
