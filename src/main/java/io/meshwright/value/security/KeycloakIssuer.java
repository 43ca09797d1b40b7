package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Url;
import io.meshwright.value.Word;
import java.util.List;

/** Keycloak by its public address, as applications that verify tokens themselves fetch its keys. */
@Word("keycloak")
@Doc("Keycloak by its public address, port 443.")
public record KeycloakIssuer(
        @Required @Doc("Issuer, such as https://HOST/realms/REALM.")
        Url issuer,

        @Defaulted @Doc("Blocks with its address where it is private; default: public addresses.")
        List<Cidr> networks,

        @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
        Boolean egressGateway)
        implements ExternalService {
    public KeycloakIssuer {
        Require.that(
                Require.present("issuer", issuer).isHttps(),
                "issuer",
                "\"%s\" is not encrypted".formatted(issuer),
                "give an https:// address");
        networks = ExternalRules.networks(networks);
        egressGateway = ExternalRules.flag(egressGateway);
    }

    @Override
    public List<Host> hosts() {
        return List.of(Host.of(issuer.host()));
    }

    @Override
    public List<ExternalPort> ports() {
        return List.of(ExternalPort.tls(issuer.port().value()));
    }
}
