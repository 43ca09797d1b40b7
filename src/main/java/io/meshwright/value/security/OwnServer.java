package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Port;
import io.meshwright.value.Required;
import java.util.List;

/** A database, broker or mail server outside the cluster, which proxies recognize by address and port alone. */
@Doc("A database, broker or mail server outside the cluster.")
public sealed interface OwnServer extends ExternalService {
    /** Returns the port on which it listens. */
    Port port();

    @Override
    default List<ExternalPort> ports() {
        return List.of(new ExternalPort(port(), ExternalPort.Protocol.TCP));
    }

    /** One server, which is known by a name and may be called at fixed addresses. */
    sealed interface OneHost extends OwnServer {
        Host host();

        /** Empty where the DNS is asked. */
        List<IpAddress> addresses();

        @Override
        default List<Host> hosts() {
            return List.of(host());
        }

        @Override
        default List<IpAddress> endpoints() {
            return addresses();
        }
    }

    /** Several servers, of which clients call each by its own name. */
    sealed interface SeveralHosts extends OwnServer {}

    /** A PostgreSQL of one's own; a client asks for TLS inside the protocol, so a proxy never sees a server name. */
    @Doc("PostgreSQL, port 5432.")
    record Postgres(
            @Required Host host,
            @Defaulted @Doc("Default 5432.") Port port,

            @Defaulted @Doc("Its addresses, used instead of the DNS; default: the DNS is asked.")
            List<IpAddress> addresses,

            @Defaulted
            @Doc("Blocks with its address where the DNS is asked and it is private; default: public addresses.")
            List<Cidr> networks,

            @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
            Boolean egressGateway)
            implements OneHost {
        public Postgres {
            ExternalRules.one("host", host);
            port = ExternalRules.port(port, 5432);
            addresses = ExternalRules.addresses(addresses);
            networks = ExternalRules.networks(addresses, networks);
            egressGateway = ExternalRules.flag(egressGateway);
        }
    }

    /**
     * A MySQL or MariaDB of one's own, which speaks first, so that a proxy that waited for a request would wait for
     * ever.
     */
    @Doc("MySQL, port 3306.")
    record Mysql(
            @Required Host host,
            @Defaulted @Doc("Default 3306.") Port port,

            @Defaulted @Doc("Its addresses, used instead of the DNS; default: the DNS is asked.")
            List<IpAddress> addresses,

            @Defaulted
            @Doc("Blocks with its address where the DNS is asked and it is private; default: public addresses.")
            List<Cidr> networks,

            @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
            Boolean egressGateway)
            implements OneHost {
        public Mysql {
            ExternalRules.one("host", host);
            port = ExternalRules.port(port, 3306);
            addresses = ExternalRules.addresses(addresses);
            networks = ExternalRules.networks(addresses, networks);
            egressGateway = ExternalRules.flag(egressGateway);
        }
    }

    /** A Redis or Valkey of one's own, with or without TLS: a proxy passes its bytes on. */
    @Doc("Redis or Valkey, port 6379.")
    record Redis(
            @Required Host host,
            @Defaulted @Doc("Default 6379.") Port port,

            @Defaulted @Doc("Its addresses, used instead of the DNS; default: the DNS is asked.")
            List<IpAddress> addresses,

            @Defaulted
            @Doc("Blocks with its address where the DNS is asked and it is private; default: public addresses.")
            List<Cidr> networks,

            @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
            Boolean egressGateway)
            implements OneHost {
        public Redis {
            ExternalRules.one("host", host);
            port = ExternalRules.port(port, 6379);
            addresses = ExternalRules.addresses(addresses);
            networks = ExternalRules.networks(addresses, networks);
            egressGateway = ExternalRules.flag(egressGateway);
        }
    }

    /** A RabbitMQ of one's own, by AMQP with or without TLS. */
    @Doc("RabbitMQ, port 5672.")
    record Rabbitmq(
            @Required Host host,
            @Defaulted @Doc("Default 5672.") Port port,

            @Defaulted @Doc("Its addresses, used instead of the DNS; default: the DNS is asked.")
            List<IpAddress> addresses,

            @Defaulted
            @Doc("Blocks with its address where the DNS is asked and it is private; default: public addresses.")
            List<Cidr> networks,

            @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
            Boolean egressGateway)
            implements OneHost {
        public Rabbitmq {
            ExternalRules.one("host", host);
            port = ExternalRules.port(port, 5672);
            addresses = ExternalRules.addresses(addresses);
            networks = ExternalRules.networks(addresses, networks);
            egressGateway = ExternalRules.flag(egressGateway);
        }
    }

    /** A mail server, which greets first and changes to TLS inside the protocol. */
    @Doc("A mail server, port 587.")
    record Smtp(
            @Required Host host,
            @Defaulted @Doc("Default 587.") Port port,

            @Defaulted @Doc("Its addresses, used instead of the DNS; default: the DNS is asked.")
            List<IpAddress> addresses,

            @Defaulted
            @Doc("Blocks with its address where the DNS is asked and it is private; default: public addresses.")
            List<Cidr> networks,

            @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
            Boolean egressGateway)
            implements OneHost {
        public Smtp {
            ExternalRules.one("host", host);
            port = ExternalRules.port(port, 587);
            addresses = ExternalRules.addresses(addresses);
            networks = ExternalRules.networks(addresses, networks);
            egressGateway = ExternalRules.flag(egressGateway);
        }
    }

    /** A Kafka of one's own, of which clients call every broker by the name that it advertises. */
    @Doc("Kafka, port 9092.")
    record Kafka(
            @Required @Doc("Its brokers, each by the name that clients call.")
            List<Host> hosts,

            @Defaulted @Doc("Default 9092.") Port port,

            @Defaulted @Doc("Blocks with their addresses where they are private; default: public addresses.")
            List<Cidr> networks,

            @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
            Boolean egressGateway)
            implements SeveralHosts {
        public Kafka {
            hosts = ExternalRules.members(hosts);
            port = ExternalRules.port(port, 9092);
            networks = ExternalRules.networks(networks);
            egressGateway = ExternalRules.flag(egressGateway);
        }
    }

    /** A MongoDB of one's own, of which drivers call every member of the replica set by its name. */
    @Doc("MongoDB, port 27017.")
    record Mongodb(
            @Required @Doc("Its members, each by the name that clients call.")
            List<Host> hosts,

            @Defaulted @Doc("Default 27017.") Port port,

            @Defaulted @Doc("Blocks with their addresses where they are private; default: public addresses.")
            List<Cidr> networks,

            @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
            Boolean egressGateway)
            implements SeveralHosts {
        public Mongodb {
            hosts = ExternalRules.members(hosts);
            port = ExternalRules.port(port, 27017);
            networks = ExternalRules.networks(networks);
            egressGateway = ExternalRules.flag(egressGateway);
        }
    }
}
