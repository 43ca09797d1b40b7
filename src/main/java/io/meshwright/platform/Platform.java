package io.meshwright.platform;

import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.Doc;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ground on which a cluster runs. Each variant is bound straight from {@code cluster.platform} and knows its own
 * annotations.
 */
@Doc("Where the cluster runs: azure, metallb or onPremises.")
public sealed interface Platform permits Azure, MetalLb, OnPremises {
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

    /** True if connections reach the gateway under a node's address instead of the client's. */
    default boolean hidesClients() {
        return false;
    }

    /** True if a gateway's Service gets a load balancer here, and no node ports. */
    default boolean balances() {
        return true;
    }

    /** True if the gateway's load balancer is asked for one address by name. */
    default boolean needsAddress() {
        return false;
    }

    /** True if the gateway's load balancer can admit listed sources alone. */
    default boolean limitsSources() {
        return false;
    }

    /** True if the gateway's load balancer takes TCP and UDP at one address and port. */
    default boolean mixesProtocols() {
        return false;
    }

    /** Returns how the Service in front of the ingress gateway is exposed. */
    Exposure expose(Request request);

    /** Why this platform cannot serve the address, said of the key {@code gateway.address}; empty when it can. */
    Optional<InvalidValue> refusal(IpAddress address);

    /** The address that the gateway wants, and the callers that may reach it. */
    record Request(@Nullable IpAddress address, List<String> allowedSources) {
        public Request {
            allowedSources = List.copyOf(allowedSources);
        }

        /** The address on a platform that needs one, where an environment without is refused. */
        IpAddress neededAddress() {
            return Objects.requireNonNull(address, "gateway.address");
        }
    }
}
