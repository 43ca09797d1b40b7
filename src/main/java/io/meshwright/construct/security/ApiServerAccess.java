package io.meshwright.construct.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.security.Party;
import java.util.List;
import software.constructs.Construct;

/** Lets some pods of a guarded namespace speak to the Kubernetes API server, which no pod selector can name. */
public final class ApiServerAccess extends Construct {
    /**
     * As clients see it behind its Service, and as its own process listens: network plugins differ in which they check.
     */
    private static final List<Port> PORTS = List.of(Port.of(443), Port.of(6443));

    private ApiServerAccess(Construct scope, String id, Props props) {
        super(scope, id);
        new PodTraffic(this)
                .out(
                        "Resource",
                        "%s-to-api-server".formatted(props.client().name()),
                        props.client(),
                        List.of(PodTraffic.toBlocks(
                                props.addresses().stream()
                                        .map(PodTraffic::block)
                                        .toList(),
                                PORTS)));
    }

    /** Lets the party speak to an API server with known addresses, or, with none given, to any address on its ports. */
    public static ApiServerAccess of(Construct scope, String id, Party client, List<Cidr> addresses) {
        return new ApiServerAccess(scope, id, new Props(client, addresses));
    }

    /** Default: any IPv4 address. */
    record Props(Party client, List<Cidr> addresses) {
        Props {
            Require.present("client", client);
            addresses =
                    addresses == null || addresses.isEmpty() ? List.of(Cidr.of("0.0.0.0/0")) : List.copyOf(addresses);
        }
    }
}
