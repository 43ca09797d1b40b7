package io.meshwright.construct.security;

import io.meshwright.construct.network.AddressBlock;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Cidr;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.security.Party;
import java.util.List;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * Lets the pods of a guarded namespace speak to what stands behind the metadata server of GKE's nodes: without
 * Dataplane V2 a node turns calls of that server to another address before policies see them (cloud.google.com,
 * Workload Identity Federation for GKE, network policies).
 */
public final class MetadataAccess extends Construct {
    private static final Cidr BEHIND = Cidr.of("169.254.169.252/32");

    private final ApiObject resource;

    private MetadataAccess(Construct scope, String id, Party client) {
        super(scope, id);
        this.resource = new NetworkPolicies(this)
                .egress(
                        "Resource",
                        "%s-to-gke-metadata".formatted(client.name()),
                        client,
                        List.of(NetworkRules.toBlocks(List.of(AddressBlock.of(BEHIND)), List.of(Port.of(988)))));
    }

    /** The NetworkPolicy, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    public static MetadataAccess of(Construct scope, String id, Party client) {
        return ConstructMaker.make(scope, id, () -> new MetadataAccess(scope, id, Require.present("client", client)));
    }
}
