package io.meshwright.construct.network;

import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.TargetPort;
import java.util.Map;

/** Parties of the cluster itself, which other pods need before they can do anything. */
public final class ClusterParties {
    private static final TargetPort DNS = TargetPort.tcp(53);

    private ClusterParties() {}

    /** CoreDNS, under the label that it has kept on every distribution. */
    public static Party dns() {
        return Party.outsideMesh(Name.of("kube-dns"), Name.of("kube-system"), Map.of("k8s-app", "kube-dns"), DNS);
    }

    /** CoreDNS as OpenShift's DNS operator runs it, behind a port of its own [openshift/cluster-dns-operator]. */
    public static Party openShiftDns() {
        return Party.outsideMesh(
                Name.of("dns-default"),
                Name.of("openshift-dns"),
                Map.of("dns.operator.openshift.io/daemonset-dns", "default"),
                TargetPort.tcp(5353));
    }

    /** The control plane of the mesh, where sidecars fetch their configuration and certificates. */
    public static Party istiod(Name rootNamespace) {
        return Party.outsideMesh(
                Name.of("istiod"), rootNamespace, Map.of("app", "istiod"), TargetPort.tcp(IstioPorts.XDS));
    }
}
