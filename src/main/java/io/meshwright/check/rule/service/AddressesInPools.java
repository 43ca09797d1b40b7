package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.metallb.MetalLbPool;
import io.meshwright.check.evidence.metallb.MetalLbService;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * MetalLB gives out addresses of its pools alone, and tells the network of those that an advertisement names
 * (metallb.io, internal/allocator: Assign, AllocateFromPool; internal/config: poolsForL2Advertisement).
 */
@AutoService(Inspection.class)
public final class AddressesInPools implements Check {
    public static final Rule ADDRESS_OF_NO_POOL = Rule.warning("MESH353", "address_of_no_pool")
            .title("A Service asks MetalLB for what no pool has")
            .restingOn(new Kind("metallb.io", "IPAddressPool"))
            .consequence("It gets no address and stays <pending>, reached by nobody outside.")
            .remedy("Name an address of an IPAddressPool, or a pool that exists.");

    public static final Rule POOL_NOT_ANNOUNCED = Rule.warning("MESH354", "pool_not_announced")
            .title("No advertisement names a pool of MetalLB's")
            .consequence("Services get its addresses, and nobody in the network learns where they are.")
            .remedy("Name the pool in an L2Advertisement or a BGPAdvertisement of its namespace.");

    private static final List<Kind> ADVERTISEMENTS =
            List.of(new Kind("metallb.io", "L2Advertisement"), new Kind("metallb.io", "BGPAdvertisement"));

    @Override
    public List<Rule> rules() {
        return List.of(ADDRESS_OF_NO_POOL, POOL_NOT_ANNOUNCED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<MetalLbPool> pools = MetalLbPool.all(mesh.manifests());
        if (pools.isEmpty()) {
            return Stream.empty();
        }
        List<Manifest> advertisements = ADVERTISEMENTS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .toList();
        return Stream.concat(
                mesh.services().all().stream()
                        .flatMap(service -> MetalLbService.of(service).stream())
                        .flatMap(service -> asked(service, pools)),
                pools.stream()
                        .filter(pool -> advertisements.stream().noneMatch(pool::isNamedBy))
                        .map(pool -> Completeness.weighed(
                                POOL_NOT_ANNOUNCED.at(
                                        pool.manifest(),
                                        "no L2Advertisement and no BGPAdvertisement names the pool, so its addresses are"
                                                + " announced nowhere"),
                                !advertisements.isEmpty())));
    }

    private static Stream<Finding> asked(MetalLbService service, List<MetalLbPool> pools) {
        Optional<Map.Entry<String, Source>> wanted = service.pool();
        Service asking = service.open().service();
        if (wanted.isEmpty()
                && service.addresses().isEmpty()
                && pools.stream().noneMatch(pool -> pool.mayGiveTo(asking.namespace()))) {
            return Stream.of(ADDRESS_OF_NO_POOL.at(
                    asking.source(),
                    "it names neither a pool nor an address, and no IPAddressPool gives namespace \"%s\" one by itself"
                            .formatted(asking.namespace())));
        }
        List<MetalLbPool> offered = pools.stream()
                .filter(pool -> wanted.filter(
                                entry -> !entry.getKey().equals(pool.manifest().name()))
                        .isEmpty())
                .toList();
        if (offered.isEmpty()) {
            return wanted
                    .map(entry -> ADDRESS_OF_NO_POOL.at(
                            entry.getValue(), "there is no IPAddressPool \"%s\"".formatted(entry.getKey())))
                    .stream();
        }
        String lacking = wanted.map(Map.Entry::getKey)
                .map("IPAddressPool \"%s\" does not have"::formatted)
                .orElse("no IPAddressPool has");
        return service.addresses().entrySet().stream()
                .filter(address -> offered.stream().noneMatch(pool -> pool.mayHave(address.getKey())))
                .map(address ->
                        ADDRESS_OF_NO_POOL.at(address.getValue(), "%s %s".formatted(lacking, address.getKey())));
    }
}
