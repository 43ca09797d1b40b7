package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Word;
import java.util.List;

/** An API behind HTTPS, such as Azure OpenAI. */
@Word("httpsApi")
@Doc("An API behind HTTPS, port 443, such as Azure OpenAI.")
public record HttpsApi(
        @Required @Doc("Hosts, such as NAME.openai.azure.com.")
        List<Host> hosts,

        @Defaulted @Doc("Blocks with the hosts' addresses where they are private; default: public addresses.")
        List<Cidr> networks,

        @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
        Boolean egressGateway,

        @Defaulted @Doc("Whether applications call http:// and the sidecar adds TLS; default false.")
        Boolean originateTls)
        implements ExternalService {
    static final int HTTPS = 443;
    private static final int HTTP = 80;

    public HttpsApi {
        egressGateway = ExternalRules.flag(egressGateway);
        originateTls = ExternalRules.flag(originateTls);
        hosts = ExternalRules.several(hosts, egressGateway || originateTls);
        networks = ExternalRules.networks(networks);
        Require.that(
                !(originateTls && egressGateway),
                "originateTls",
                "the egress gateway passes TLS on as it is",
                "remove originateTls or egressGateway");
    }

    public static HttpsApi of(String... hosts) {
        return new HttpsApi(List.of(hosts).stream().map(Host::of).toList(), null, null, null);
    }

    @Override
    public boolean originatesTls() {
        return originateTls;
    }

    @Override
    public List<ExternalPort> ports() {
        ExternalPort tls = ExternalPort.tls(HTTPS);
        return originateTls ? List.of(new ExternalPort(Port.of(HTTP), ExternalPort.Protocol.HTTP), tls) : List.of(tls);
    }
}
