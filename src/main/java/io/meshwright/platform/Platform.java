package io.meshwright.platform;

import io.meshwright.platform.OnPremises.NodePorts;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.workload.WorkloadIdentity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ground on which a cluster runs. Each variant is bound straight from {@code cluster.platform} and knows its own
 * annotations.
 */
@Doc("Where the cluster runs: azure, eks, gke, kind, metallb or onPremises.")
public sealed interface Platform permits Azure, Eks, Gke, KindNodes, MetalLb, OnPremises {
    /** Class of every volume that names none. */
    String storageClass();

    /** Failure zones, for topology spread and locality load balancing; empty where there is one. */
    List<String> zones();

    /** Add-ons that this platform needs. */
    default Set<ChartAddOn> addOns() {
        return Set.of();
    }

    /** Address pools that a controller in the cluster serves; empty where the platform itself gives out addresses. */
    default List<MetalLb.Pool> addressPools() {
        return List.of();
    }

    /** Returns how long its load balancer leaves a quiet connection open; empty where the operator is to say it. */
    default Optional<Duration> silence() {
        return Optional.empty();
    }

    /**
     * Label keys on which the platform's own admission adds expressions to the {@code namespaceSelector} of every
     * webhook; empty where it leaves webhooks alone.
     */
    default List<String> webhookExpressions() {
        return List.of();
    }

    /** Returns who hides the client's address from the gateway; empty where the gateway sees it. */
    default Optional<Hiding> hiding() {
        return Optional.empty();
    }

    /** The class of disks that is made here because the platform brings none like it; empty where it does. */
    default Optional<DiskClass> diskClass() {
        return Optional.empty();
    }

    /** True if somebody here may exchange tokens of pods for such an identity. */
    default boolean knows(WorkloadIdentity identity) {
        return true;
    }

    /** Labels of the namespace of gateways' pods, by which the platform's controllers look after these. */
    default Map<String, String> gatewayNamespaceLabels() {
        return Map.of();
    }

    /** Node ports that are fixed for the first gateway, if any. */
    default @Nullable NodePorts fixedPorts() {
        return null;
    }

    /** True if a gateway's Service gets a load balancer here, and no node ports. */
    default boolean balances() {
        return true;
    }

    /** True if the gateway's load balancer is asked for one address by name. */
    default boolean needsAddress() {
        return false;
    }

    /** True if the address of the first gateway's load balancer is named otherwise. */
    default boolean namesAddress() {
        return false;
    }

    /** Folders of the nodes' CNI plugins; empty for those of Kubernetes, which Istio's chart takes by itself. */
    default Optional<CniFolders> cniFolders() {
        return Optional.empty();
    }

    /** True if nodes' most urgent pods may run in {@code kube-system} and in namespaces with a quota for them alone. */
    default boolean limitsNodeCriticalPods() {
        return false;
    }

    /** True if the gateway's load balancer can admit listed sources alone. */
    default boolean limitsSources() {
        return false;
    }

    /** True if it is told these sources by an annotation of its own, and not by Kubernetes' field. */
    default boolean annotatesSources() {
        return false;
    }

    /** True if its load balancer has addresses of IPv6 too, so that such sources mean something to it. */
    default boolean takesIpv6() {
        return true;
    }

    /** True if the gateway's load balancer takes TCP and UDP at one address and port. */
    default boolean mixesProtocols() {
        return false;
    }

    /** Returns how the Service in front of the ingress gateway is exposed. */
    Exposure expose(Request request);

    /** Why this platform cannot serve the address, said of the key {@code gateway.address}; empty when it can. */
    Optional<InvalidValue> refusal(IpAddress address);

    /**
     * A gateway's wishes of its platform.
     *
     * @param address of the load balancer
     * @param allowedSources networks that may reach it; empty for all
     * @param first whether it is the first gateway, which has what the platform keeps only once
     */
    record Request(@Nullable IpAddress address, List<String> allowedSources, boolean first) {
        public Request {
            allowedSources = List.copyOf(allowedSources);
        }

        /** The address on a platform that needs one, where an environment without is refused. */
        IpAddress neededAddress() {
            return Objects.requireNonNull(address, "gateway.address");
        }
    }

    /**
     * A reason why the gateway does not see addresses of clients, and what to do about it.
     *
     * @param why a sentence's second half, such as "every node passes connections on under its own address"
     * @param remedy what to change, if anything can be
     */
    record Hiding(String why, Optional<String> remedy) {}
}
