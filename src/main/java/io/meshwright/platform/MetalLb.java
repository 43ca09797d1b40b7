package io.meshwright.platform;

import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.AddressRange;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Bare metal with MetalLB in layer 2 mode: the gateway's address comes from a pool that the file declares. */
@Word("metallb")
@Doc("Bare metal with MetalLB in layer 2 mode.")
public record MetalLb(
        @Required @Doc("Address pools, announced in layer 2.")
        List<Pool> pools,

        @Defaulted @Doc("Class of the volumes; default local-path.")
        String storageClass,

        @Defaulted @Doc("Failure zones of the nodes; default none.")
        List<String> zones)
        implements Platform {
    public MetalLb {
        pools = Require.notEmpty("pools", pools);
        storageClass = storageClass == null ? "local-path" : storageClass;
        zones = zones == null ? List.of() : List.copyOf(zones);
    }

    @Override
    public Set<ChartAddOn> addOns() {
        return Set.of(ChartAddOn.METALLB);
    }

    @Override
    public List<Pool> addressPools() {
        return pools;
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
    public Exposure expose(Request request) {
        return Exposure.loadBalancer(
                Map.of(
                        "metallb.io/address-pool",
                                poolOf(request.neededAddress())
                                        .map(pool -> pool.name().toString())
                                        .orElseThrow(),
                        "metallb.io/loadBalancerIPs", request.neededAddress().toString()),
                true);
    }

    @Override
    public Optional<InvalidValue> refusal(IpAddress address) {
        if (poolOf(address).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new InvalidValue(
                "gateway.address",
                "\"%s\" is in no MetalLB pool".formatted(address),
                "take one of %s, or add it to cluster.platform.pools"
                        .formatted(pools.stream().map(Pool::toString).collect(Collectors.joining(", ")))));
    }

    private Optional<Pool> poolOf(IpAddress address) {
        return pools.stream().filter(pool -> pool.contains(address)).findFirst();
    }

    /** One pool of addresses. */
    public record Pool(
            @Required Name name,

            @Required @Doc("Networks or ranges: 192.168.1.200/32, 192.168.1.200-192.168.1.210.")
            List<AddressRange> addresses) {
        public Pool {
            Require.present("name", name);
            addresses = Require.notEmpty("addresses", addresses);
        }

        boolean contains(IpAddress address) {
            return addresses.stream().anyMatch(range -> range.contains(address));
        }

        @Override
        public String toString() {
            return "%s (%s)"
                    .formatted(
                            name, addresses.stream().map(AddressRange::toString).collect(Collectors.joining(", ")));
        }
    }
}
