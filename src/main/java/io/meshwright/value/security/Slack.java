package io.meshwright.value.security;

import io.meshwright.value.Cidr;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Word;
import java.util.List;

/** Slack's web API and incoming webhooks, where alerts go. */
@Word("slack")
@Doc("Slack's web API and incoming webhooks, port 443.")
public record Slack(
        @Defaulted @Doc("Whether calls leave through the egress gateway; default false.")
        Boolean egressGateway) implements ExternalService {
    private static final List<Host> HOSTS = List.of(Host.of("hooks.slack.com"), Host.of("slack.com"));

    public Slack {
        egressGateway = ExternalRules.flag(egressGateway);
    }

    @Override
    public List<Host> hosts() {
        return HOSTS;
    }

    @Override
    public List<ExternalPort> ports() {
        return List.of(ExternalPort.tls(HttpsApi.HTTPS));
    }

    @Override
    public List<Cidr> networks() {
        return List.of();
    }
}
