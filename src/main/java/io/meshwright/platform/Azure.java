package io.meshwright.platform;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import io.meshwright.value.workload.WorkloadIdentity;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Azure Kubernetes Service: a Standard load balancer with a static public or internal address, and managed disks. */
@Word("azure")
@Doc("Azure Kubernetes Service.")
public record Azure(
        @Required @Doc("Resource group of the static public address.")
        String resourceGroup,

        @Nullable @Doc("Name of the public address object; preferred by AKS over the bare address when known.")
        String publicIpName,

        @Defaulted @Doc("Whether the load balancer is internal to the virtual network; default false.")
        Boolean internal,

        @Nullable @Doc("Subnet of an internal load balancer; default: the nodes'.")
        String subnet,

        @Defaulted @Doc("Class of the volumes; default managed-csi.")
        String storageClass,

        @Defaulted @Doc("Availability zones of the node pools, for example [koreacentral-1, koreacentral-2].")
        List<String> zones)
        implements Platform {
    private static final String ANNOTATION = "service.beta.kubernetes.io/azure-";
    // The longest that Azure allows: with the default of 4 minutes a quiet event stream is cut (incident I3).
    private static final Duration SILENCE = Duration.of("30m");

    public Azure {
        Require.present("resourceGroup", resourceGroup);
        internal = internal != null && internal;
        storageClass = storageClass == null ? "managed-csi" : storageClass;
        zones = zones == null ? List.of() : List.copyOf(zones);
        Require.that(
                subnet == null || internal,
                "subnet",
                "\"%s\" is for an internal load balancer".formatted(subnet),
                "set internal: true, or remove it");
    }

    @Override
    public Optional<Duration> silence() {
        return Optional.of(SILENCE);
    }

    // The admissions enforcer keeps webhooks away from what AKS itself runs [Azure/AKS#1771, kedacore/keda#4813].
    @Override
    public List<String> webhookExpressions() {
        return List.of("control-plane", "kubernetes.azure.com/managedby");
    }

    @Override
    public boolean needsAddress() {
        return true;
    }

    @Override
    public boolean mixesProtocols() {
        return true;
    }

    @Override
    public boolean limitsSources() {
        return true;
    }

    @Override
    public boolean annotatesSources() {
        return true;
    }

    @Override
    public boolean knows(WorkloadIdentity identity) {
        return identity instanceof WorkloadIdentity.AzureClient;
    }

    @Override
    public Exposure expose(Request request) {
        var annotations = new TreeMap<String, String>();
        annotations.put(ANNOTATION + "load-balancer-resource-group", resourceGroup);
        annotations.put(
                ANNOTATION + "load-balancer-ipv4", request.neededAddress().toString());
        if (publicIpName != null) {
            annotations.put(ANNOTATION + "pip-name", publicIpName);
        }
        annotations.put(ANNOTATION + "load-balancer-tcp-idle-timeout", Long.toString(SILENCE.seconds() / 60));
        if (internal) {
            annotations.put(ANNOTATION + "load-balancer-internal", "true");
        }
        if (subnet != null) {
            annotations.put(ANNOTATION + "load-balancer-internal-subnet", subnet);
        }
        if (!request.allowedSources().isEmpty()) {
            annotations.put(ANNOTATION + "allowed-ip-ranges", String.join(",", request.allowedSources()));
        }
        return Exposure.loadBalancer(annotations, false);
    }

    @Override
    public Optional<InvalidValue> refusal(IpAddress address) {
        return Optional.empty();
    }
}
