package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import java.util.List;

/**
 * A host that speaks something of its own, such as a MySQL outside the mesh; its protocol is never guessed (incident
 * I8).
 */
@Word("tcp")
@Doc("A host outside the mesh that speaks neither HTTP nor TLS from the first byte, such as MySQL.")
public record PlainTcp(
        @Required Host host,
        @Required Port port,

        @Defaulted @Doc("Its addresses, used instead of the DNS; default: the DNS is asked.")
        List<IpAddress> addresses,

        @Defaulted @Doc("Blocks with its address where the DNS is asked and it is private; default: public addresses.")
        List<Cidr> networks,

        @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
        Boolean egressGateway)
        implements ExternalService {
    public PlainTcp {
        ExternalRules.one("host", host);
        Require.present("port", port);
        addresses = ExternalRules.addresses(addresses);
        networks = ExternalRules.networks(addresses, networks);
        egressGateway = ExternalRules.flag(egressGateway);
    }

    @Override
    public List<Host> hosts() {
        return List.of(host);
    }

    @Override
    public List<ExternalPort> ports() {
        return List.of(new ExternalPort(port, ExternalPort.Protocol.TCP));
    }

    @Override
    public List<IpAddress> endpoints() {
        return addresses;
    }
}
