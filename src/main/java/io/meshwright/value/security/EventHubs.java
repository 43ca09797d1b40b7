package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.List;

/** An Azure Event Hubs namespace: AMQP, Kafka and HTTPS, each TLS from its first byte. */
@Word("eventHubs")
@Doc("Azure Event Hubs namespace: AMQP 5671, Kafka 9093, HTTPS 443.")
public record EventHubs(
        @Required @Doc("Namespace, such as NAME.servicebus.windows.net.") @Sample("shop.servicebus.windows.net")
        Host host,

        @Defaulted @Doc("Blocks with the namespace's address where it is private; default: public addresses.")
        List<Cidr> networks,

        @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
        Boolean egressGateway)
        implements ExternalService {
    private static final int AMQP = 5671;
    private static final int KAFKA = 9093;
    private static final int HTTPS = 443;

    public EventHubs {
        ExternalRules.one("host", host);
        networks = ExternalRules.networks(networks);
        egressGateway = ExternalRules.flag(egressGateway);
    }

    @Override
    public List<Host> hosts() {
        return List.of(host);
    }

    @Override
    public List<ExternalPort> ports() {
        return List.of(ExternalPort.tls(HTTPS), ExternalPort.tls(AMQP), ExternalPort.tls(KAFKA));
    }
}
