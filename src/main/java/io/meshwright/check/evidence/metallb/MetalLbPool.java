package io.meshwright.check.evidence.metallb;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.value.AddressRange;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import java.util.List;

/** A pool of addresses that MetalLB gives out. */
public record MetalLbPool(Manifest manifest) {
    private static final Kind POOL = new Kind("metallb.io", "IPAddressPool");

    public static List<MetalLbPool> all(Manifests manifests) {
        return manifests.kind(POOL).stream().map(MetalLbPool::new).toList();
    }

    /** True unless it is sure that it does not have the address. */
    public boolean mayHave(String address) {
        return manifest.texts("/spec/addresses").stream().anyMatch(range -> mayHold(range.replace(" ", ""), address));
    }

    private static boolean mayHold(String range, String address) {
        try {
            return AddressRange.of(range).contains(IpAddress.of(address));
        } catch (InvalidValue unreadable) {
            return true;
        }
    }

    /**
     * False if it is sure that the pool gives nothing to Services of the namespace that name neither it nor an address
     * (Allocator.Allocate, pinnedPoolsForService).
     */
    public boolean mayGiveTo(String namespace) {
        JsonNode allocation = manifest.at("/spec/serviceAllocation");
        List<String> namespaces = Fields.texts(allocation.path("namespaces"));
        return manifest.at("/spec/autoAssign").asBoolean(true)
                && (namespaces.isEmpty()
                        || namespaces.contains(namespace)
                        || !allocation.path("namespaceSelectors").isEmpty());
    }

    /** True if an advertisement is for its addresses: one that names no pool is for all of its namespace. */
    public boolean isNamedBy(Manifest advertisement) {
        List<String> names = advertisement.texts("/spec/ipAddressPools");
        List<JsonNode> selectors = Fields.items(advertisement.at("/spec/ipAddressPoolSelectors"));
        return advertisement.home().equals(manifest.home())
                && (names.isEmpty() && selectors.isEmpty()
                        || names.contains(manifest.name())
                        || selectors.stream()
                                .map(Selector::of)
                                .anyMatch(selector -> selector.selects(manifest.labels())));
    }
}
