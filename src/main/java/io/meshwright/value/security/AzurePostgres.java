package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.List;

/** Azure Database for PostgreSQL; a client asks for TLS inside the protocol, so a proxy never sees a server name. */
@Word("azurePostgres")
@Doc("Azure Database for PostgreSQL, port 5432.")
public record AzurePostgres(
        @Required @Doc("Server, such as NAME.postgres.database.azure.com.") @Sample("shop.postgres.database.azure.com")
        Host host,

        @Defaulted @Doc("Blocks with the server's address where it is private; default: public addresses.")
        List<Cidr> networks,

        @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
        Boolean egressGateway)
        implements ExternalService {
    private static final int POSTGRES = 5432;

    public AzurePostgres {
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
        return List.of(ExternalPort.tcp(POSTGRES));
    }
}
