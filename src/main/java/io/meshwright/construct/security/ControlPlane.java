package io.meshwright.construct.security;

import io.meshwright.value.Name;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import io.meshwright.value.workload.Scrape;
import java.util.Map;

/** The parties that every pod needs before it can do anything. */
final class ControlPlane {
    static final Name NAMESPACE = Name.of("istio-system");

    /** The label that Kubernetes itself puts on every namespace (kubernetes.io, "Automatic labelling"). */
    static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

    /** Where a sidecar fetches its configuration and its certificate (istio.io, "Ports used by Istio"). */
    private static final TargetPort XDS = TargetPort.tcp(15012);

    static final TargetPort MERGED_METRICS = TargetPort.tcp(Scrape.MERGED_PORT);
    private static final TargetPort DNS_PORT = TargetPort.tcp(53);

    private ControlPlane() {}

    /** CoreDNS, under the label that it has kept on every distribution. */
    static Party dns() {
        return Party.outsideMesh(Name.of("kube-dns"), Name.of("kube-system"), Map.of("k8s-app", "kube-dns"), DNS_PORT);
    }

    static Party istiod(Name rootNamespace) {
        return Party.outsideMesh(Name.of("istiod"), rootNamespace, Map.of("app", "istiod"), XDS);
    }
}
