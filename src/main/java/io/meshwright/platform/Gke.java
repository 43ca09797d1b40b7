package io.meshwright.platform;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Matches;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import io.meshwright.value.workload.WorkloadIdentity;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Google Kubernetes Engine with nodes of one's own: passthrough Network Load Balancers, and persistent disks. */
@Word("gke")
@Doc("Google Kubernetes Engine, in mode Standard.")
public record Gke(
        @Defaulted @Doc("Whether load balancers stay inside the VPC; default false.")
        Boolean internal,

        @Nullable
        @Doc("Subnet of internal load balancers; default: the cluster's.")
        @Sample("edge")
        @Matches(regex = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?", says = "a subnet's name such as edge")
        String subnet,

        @Defaulted @Doc("Whether internal load balancers are reached from other regions; default false.")
        Boolean globalAccess,

        @Nullable
        @Doc(
                "Name of the reserved regional address of the first gateway, from GKE 1.29 on; default: gateway.address, or one"
                        + " that GKE chooses.")
        @Sample("shop-edge")
        @Matches(regex = "[a-z]([-a-z0-9]{0,61}[a-z0-9])?", says = "a reserved address's name such as shop-edge")
        String addressName,

        @Defaulted
        @Doc("Class of the volumes; default standard-rwo: balanced disks, which every cluster has a class for.")
        String storageClass,

        @Defaulted @Doc("Zones of the nodes, for example [europe-west3-a, europe-west3-b].")
        List<String> zones)
        implements Platform {
    private static final String NETWORKING = "networking.gke.io/";
    // Nodes keep their root file system read-only and their plugins here (istio, manifests/charts/istio-cni, for
    // clusters whose version says gke; Argo CD tells charts a version without it).
    private static final CniFolders FOLDERS = new CniFolders("/home/kubernetes/bin", "/etc/cni/net.d");

    public Gke {
        internal = internal != null && internal;
        globalAccess = globalAccess != null && globalAccess;
        storageClass = storageClass == null ? "standard-rwo" : storageClass;
        zones = zones == null ? List.of() : List.copyOf(zones);
        Require.that(
                subnet == null || internal,
                "subnet",
                "\"%s\" is for internal load balancers".formatted(subnet),
                "set internal: true, or remove it");
        Require.that(
                !globalAccess || internal,
                "globalAccess",
                "\"true\" is for internal load balancers",
                "set internal: true, or remove it");
    }

    @Override
    public Optional<CniFolders> cniFolders() {
        return Optional.of(FOLDERS);
    }

    // istio.io, Platform-specific prerequisites, GKE: pods of system-node-critical outside kube-system.
    @Override
    public boolean limitsNodeCriticalPods() {
        return true;
    }

    @Override
    public boolean limitsSources() {
        return true;
    }

    @Override
    public boolean namesAddress() {
        return addressName != null;
    }

    @Override
    public boolean knows(WorkloadIdentity identity) {
        return identity instanceof WorkloadIdentity.Google;
    }

    /** With policy Local each node is asked at healthCheckNodePort whether it has a pod: that is all it needs. */
    @Override
    public Exposure expose(Request request) {
        var annotations = new TreeMap<String, String>();
        if (internal) {
            annotations.put(NETWORKING + "load-balancer-type", "Internal");
        } else {
            annotations.put("cloud.google.com/l4-rbs", "enabled");
        }
        if (globalAccess) {
            annotations.put(NETWORKING + "internal-load-balancer-allow-global-access", "true");
        }
        if (subnet != null) {
            annotations.put(NETWORKING + "internal-load-balancer-subnet", subnet);
        }
        if (request.first() && addressName != null) {
            annotations.put(NETWORKING + "load-balancer-ip-addresses", addressName);
        }
        Exposure exposure = Exposure.loadBalancer(annotations, true);
        return request.address() == null ? exposure : exposure.at(request.address());
    }

    @Override
    public Optional<InvalidValue> refusal(IpAddress address) {
        return address.isIpv6()
                ? Optional.of(new InvalidValue(
                        "gateway.address",
                        "\"%s\" is of IPv6, and GKE is asked for one of IPv4".formatted(address),
                        "reserve it and give its name in cluster.platform.addressName"))
                : Optional.empty();
    }
}
