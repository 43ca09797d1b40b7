package io.meshwright.platform;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.workload.WorkloadIdentity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Amazon EKS: Network Load Balancers of the AWS Load Balancer Controller, and disks of EBS. */
@Word("eks")
@Doc("Amazon EKS, with the AWS Load Balancer Controller and the EBS CSI driver.")
public record Eks(
        @Defaulted @Doc("Whether load balancers stay inside the VPC; default false.")
        Boolean internal,

        @Defaulted
        @Doc("What a load balancer sends to: ip, the gateway's pods, or instance, a node port of every node, for pods"
                + " without addresses of the VPC; default ip.")
        TargetType targetType,

        @Defaulted
        @Doc("Whether the gateway sees clients' addresses; false where pods call the gateway through its load balancer;"
                + " default true.")
        Boolean preserveClientIp,

        @Defaulted
        @Doc(
                "Subnets of the load balancers, by ID or name, one in each availability zone; default: those that their tags"
                        + " tell the controller.")
        @Sample("[subnet-0a1b2c3d, subnet-1b2c3d4e]")
        List<String> subnets,

        @Defaulted
        @Doc(
                "Allocations of the Elastic IPs of the first gateway, one for each subnet in the same order; default: addresses"
                        + " that AWS chooses.")
        @Sample("[eipalloc-0a1b2c3d, eipalloc-1b2c3d4e]")
        List<String> eipAllocations,

        @Defaulted @Doc("Whether load balancers have addresses of IPv6 too; default false.")
        Boolean dualStack,

        @Defaulted @Doc("Class of the volumes; default gp3-encrypted, which is made here: encrypted disks of type gp3.")
        String storageClass,

        @Defaulted @Doc("Availability zones of the nodes, for example [eu-central-1a, eu-central-1b].")
        List<String> zones)
        implements Platform {
    private static final String ANNOTATION = "service.beta.kubernetes.io/aws-load-balancer-";
    private static final String DISKS = "gp3-encrypted";
    // kubernetes-sigs.github.io/aws-load-balancer-controller, Network Load Balancer: the class, and what chooses the
    // controller where a Service has none.
    private static final Exposure.Controller CONTROLLER =
            new Exposure.Controller("service.k8s.aws/nlb", Map.of(ANNOTATION + "type", "external"));
    // The idle timeout of a TCP flow unless a listener attribute says otherwise (docs.aws.amazon.com, NLB listeners).
    private static final Duration SILENCE = Duration.of("350s");

    public Eks {
        internal = internal != null && internal;
        targetType = targetType == null ? TargetType.IP : targetType;
        preserveClientIp = preserveClientIp == null || preserveClientIp;
        subnets = distinct("subnets", subnets);
        eipAllocations = distinct("eipAllocations", eipAllocations);
        dualStack = dualStack != null && dualStack;
        storageClass = storageClass == null ? DISKS : storageClass;
        zones = zones == null ? List.of() : List.copyOf(zones);
        allocated(internal, subnets, eipAllocations);
    }

    /** Targets of a load balancer. */
    public enum TargetType {
        @Word("ip")
        IP,
        @Word("instance")
        INSTANCE
    }

    private static List<String> distinct(String key, @Nullable List<String> values) {
        List<String> names = values == null ? List.of() : List.copyOf(values);
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String at = "%s[%d]".formatted(key, i);
            Require.that(
                    !name.isBlank() && !name.contains(","),
                    at,
                    "\"%s\" is no name".formatted(name),
                    "give one in each line of the list");
            Require.that(
                    names.indexOf(name) == i, at, "\"%s\" is there twice".formatted(name), "give each zone its own");
        }
        return names;
    }

    private static void allocated(boolean internal, List<String> subnets, List<String> eips) {
        for (int i = 0; i < eips.size(); i++) {
            Require.that(
                    eips.get(i).matches("eipalloc-[0-9a-f]{8,17}"),
                    "eipAllocations[%d]".formatted(i),
                    "\"%s\" is no allocation of an Elastic IP".formatted(eips.get(i)),
                    "give its ID, such as eipalloc-0a1b2c3d4e5f67890");
        }
        Require.that(
                eips.isEmpty() || !internal,
                "eipAllocations",
                "are for load balancers that face the internet",
                "set internal: false, or remove them");
        Require.that(
                eips.isEmpty() || eips.size() == subnets.size(),
                "eipAllocations",
                "are %d for %d named subnets, and the controller wants one for each"
                        .formatted(eips.size(), subnets.size()),
                "name in subnets as many as there are Elastic IPs");
    }

    @Override
    public Optional<Duration> silence() {
        return Optional.of(SILENCE);
    }

    @Override
    public boolean limitsSources() {
        return true;
    }

    @Override
    public boolean takesIpv6() {
        return dualStack;
    }

    @Override
    public Optional<Hiding> hiding() {
        return preserveClientIp
                ? Optional.empty()
                : Optional.of(new Hiding(
                        "the load balancer passes connections on under addresses of its own",
                        Optional.of("set cluster.platform.preserveClientIp: true")));
    }

    @Override
    public Optional<DiskClass> diskClass() {
        return storageClass.equals(DISKS)
                ? Optional.of(DiskClass.of(
                        DISKS,
                        "ebs.csi.aws.com",
                        Map.of("type", "gp3", "encrypted", "true", "csi.storage.k8s.io/fstype", "ext4")))
                : Optional.empty();
    }

    // A pod counts as ready when its load balancer has found it healthy, so that a roll-out never leaves the load
    // balancer without one (the controller's pod readiness gates, which are of IP targets).
    @Override
    public Map<String, String> gatewayNamespaceLabels() {
        return targetType == TargetType.IP ? Map.of("elbv2.k8s.aws/pod-readiness-gate-inject", "enabled") : Map.of();
    }

    @Override
    public boolean knows(WorkloadIdentity identity) {
        return identity instanceof WorkloadIdentity.Aws;
    }

    @Override
    public Exposure expose(Request request) {
        var annotations = new TreeMap<String, String>();
        annotations.put(ANNOTATION + "scheme", internal ? "internal" : "internet-facing");
        annotations.put(ANNOTATION + "nlb-target-type", targetType.name().toLowerCase(Locale.ROOT));
        annotations.put(ANNOTATION + "target-group-attributes", "preserve_client_ip.enabled=" + preserveClientIp);
        // Else the address of a zone without a gateway pod answers nobody until DNS forgets it.
        annotations.put(ANNOTATION + "attributes", "load_balancing.cross_zone.enabled=true");
        if (dualStack) {
            annotations.put(ANNOTATION + "ip-address-type", "dualstack");
        }
        if (!subnets.isEmpty()) {
            annotations.put(ANNOTATION + "subnets", String.join(", ", subnets));
        }
        if (request.first() && !eipAllocations.isEmpty()) {
            annotations.put(ANNOTATION + "eip-allocations", String.join(", ", eipAllocations));
        }
        return targetType == TargetType.IP ? toPods(annotations) : toNodes(annotations);
    }

    private static Exposure toPods(TreeMap<String, String> annotations) {
        annotations.put(ANNOTATION + "healthcheck-protocol", "http");
        annotations.put(ANNOTATION + "healthcheck-port", IstioPorts.STATUS.toString());
        annotations.put(ANNOTATION + "healthcheck-path", "/healthz/ready");
        return toNodes(annotations).byAnyNode();
    }

    /** Of nodes the controller asks by itself which of them has a pod, where the Service's policy is Local. */
    private static Exposure toNodes(TreeMap<String, String> annotations) {
        return Exposure.loadBalancer(annotations, true).by(CONTROLLER);
    }

    @Override
    public Optional<InvalidValue> refusal(IpAddress address) {
        return Optional.of(
                new InvalidValue(
                        "gateway.address",
                        "\"%s\" cannot be asked for, because a Network Load Balancer has an address in each subnet"
                                .formatted(address),
                        "remove it, and give cluster.platform.eipAllocations, or for an internal one the annotation"
                                + " service.beta.kubernetes.io/aws-load-balancer-private-ipv4-addresses in service.annotations"));
    }
}
