package io.meshwright.construct.security;

import io.meshwright.construct.network.AddressBlock;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.network.NetworkRules;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Require;
import io.meshwright.value.security.Party;
import java.util.List;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Lets some pods of a guarded namespace speak to the Kubernetes API server, which no pod selector can name. */
public final class ApiServerAccess extends Construct {
    private final ApiObject resource;

    private ApiServerAccess(Construct scope, String id, Props props) {
        super(scope, id);
        this.resource = new NetworkPolicies(this)
                .egress(
                        "Resource",
                        "%s-to-api-server".formatted(props.client().name()),
                        props.client(),
                        List.of(NetworkRules.toBlocks(
                                props.addresses().stream().map(AddressBlock::of).toList(), NetworkRules.API_SERVER)));
    }

    /** The NetworkPolicy, for what this construct cannot say. */
    public ApiObject resource() {
        return resource;
    }

    /** Lets the party speak to an API server with known addresses, or, with none given, to any address on its ports. */
    public static ApiServerAccess of(Construct scope, String id, Party client, List<Cidr> addresses) {
        return ConstructMaker.make(scope, id, () -> new ApiServerAccess(scope, id, new Props(client, addresses)));
    }

    /** Default: any IPv4 address. */
    record Props(Party client, @Defaulted List<Cidr> addresses) {
        Props {
            Require.present("client", client);
            addresses =
                    addresses == null || addresses.isEmpty() ? List.of(Cidr.of("0.0.0.0/0")) : List.copyOf(addresses);
        }
    }
}
