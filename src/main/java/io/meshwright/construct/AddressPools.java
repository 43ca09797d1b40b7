package io.meshwright.construct;

import imports.io.metallb.IpAddressPool;
import imports.io.metallb.IpAddressPoolSpec;
import imports.io.metallb.L2Advertisement;
import imports.io.metallb.L2AdvertisementSpec;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.platform.MetalLb;
import io.meshwright.value.AddressRange;
import io.meshwright.value.Name;
import java.util.List;
import org.cdk8s.ApiObjectMetadata;
import software.constructs.Construct;

/** MetalLB's address pools, each announced in layer 2. */
public final class AddressPools extends Construct {
    private AddressPools(Construct scope, String id, Name namespace, List<MetalLb.Pool> pools) {
        super(scope, id);
        for (MetalLb.Pool pool : pools) {
            String name = pool.name().toString();
            ApiObjectMetadata metadata = ApiObjectMetadata.builder()
                    .name(name)
                    .namespace(namespace.toString())
                    .build();
            IpAddressPool.Builder.create(this, "pool-%s".formatted(name))
                    .metadata(metadata)
                    .spec(IpAddressPoolSpec.builder()
                            .addresses(pool.addresses().stream()
                                    .map(AddressRange::toString)
                                    .toList())
                            .build())
                    .build();
            L2Advertisement.Builder.create(this, "advertisement-%s".formatted(name))
                    .metadata(metadata)
                    .spec(L2AdvertisementSpec.builder()
                            .ipAddressPools(List.of(name))
                            .build())
                    .build();
        }
    }

    /** {@code namespace} is MetalLB's own: it reads its resources from nowhere else. */
    public static AddressPools of(Construct scope, String id, Name namespace, List<MetalLb.Pool> pools) {
        return ConstructMaker.make(scope, id, () -> new AddressPools(scope, id, namespace, pools));
    }
}
