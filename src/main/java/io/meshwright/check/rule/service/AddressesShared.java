package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Rivals;
import io.meshwright.check.evidence.metallb.MetalLbService;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Services that ask MetalLB for one address agree in all that it asks of those that share. */
@AutoService(Inspection.class)
public final class AddressesShared implements Check {
    public static final Rule ADDRESS_NOT_SHARED = Rule.error("MESH345", "address_not_shared")
            .title("Two Services ask MetalLB for one address that they cannot share")
            .consequence("The first gets it, the other stays <pending> and is reached by nobody outside.")
            .remedy("Write the same metallb.io/allow-shared-ip on both, give them ports of their own, and set"
                    + " externalTrafficPolicy Cluster unless their selectors are the same; or take another address.");

    private static final Kind POOL = new Kind("metallb.io", "IPAddressPool");

    @Override
    public List<Rule> rules() {
        return List.of(ADDRESS_NOT_SHARED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        boolean installed = !mesh.manifests().kind(POOL).isEmpty();
        List<MetalLbService> asking = mesh.services().all().stream()
                .flatMap(service -> MetalLbService.of(service).stream())
                .filter(service -> installed || service.isMeant())
                .toList();
        return asking.stream()
                .flatMap(service ->
                        service.addresses().entrySet().stream().flatMap(address -> findings(service, address, asking)));
    }

    private static Stream<Finding> findings(
            MetalLbService service, Map.Entry<String, Source> address, List<MetalLbService> asking) {
        return asking.stream()
                .filter(other -> other.addresses().containsKey(address.getKey())
                        && Rivals.differ(
                                other.open().service().source().manifest(),
                                service.open().service().source().manifest()))
                .flatMap(other -> service.conflict(other).stream()
                        .map(why -> ADDRESS_NOT_SHARED.at(
                                address.getValue(),
                                "MetalLB gives %s either to it or to %s: %s"
                                        .formatted(
                                                address.getKey(), other.open().service(), why))))
                .limit(1);
    }
}
