package io.meshwright.stack;

import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.security.AddressGate;
import io.meshwright.construct.security.AuthorizerGate;
import io.meshwright.construct.security.PathGate;
import io.meshwright.construct.security.TokenGate;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.Observability;
import io.meshwright.stack.monitoring.MonitoringSettings;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.security.PathPattern;
import java.util.List;
import java.util.TreeSet;
import software.constructs.Construct;

/** The gates that a request must pass at one gateway. */
final class GatewayGates {
    private final Construct scope;
    private final Environment environment;
    private final GatewayEntry entry;

    GatewayGates(Construct scope, Environment environment, GatewayEntry entry) {
        this.scope = scope;
        this.environment = environment;
        this.entry = entry;
    }

    void render() {
        entry.gateway().hosts().forEach(this::gates);
        if (entry.isFirst()) {
            tools();
        }
    }

    /** Names of what stands in the namespace that all gateways' pods share. */
    private String prefixed(String name) {
        return entry.isFirst() ? name : "%s-%s".formatted(entry.name(), name);
    }

    private void gates(Host host, Gateway.HostPolicy policy) {
        String name = prefixed(host.dashed());
        for (int i = 0; i < policy.restrict().size(); i++) {
            Gateway.Restriction restriction = policy.restrict().get(i);
            AddressGate.Builder.create(scope, "addresses-%s-%d".formatted(name, i))
                    .name(Name.of("%s-addresses-%d".formatted(name, i)))
                    .gateway(entry.pods())
                    .hosts(List.of(host))
                    .paths(
                            restriction.prefix().equals("/")
                                    ? List.of()
                                    : List.of(PathPattern.of(restriction.prefix() + "/*")))
                    .from(restriction.from())
                    .preflight(policy.cors() != null)
                    .build();
        }
        if (policy.externalAuthorization() != null) {
            AuthorizerGate.Builder.create(scope, "authorizer-%s".formatted(name))
                    .name(Name.of("%s-authorizer".formatted(name)))
                    .gateway(entry.pods())
                    .hosts(List.of(host))
                    .authorization(policy.externalAuthorization())
                    .preflight(policy.cors() != null)
                    .build();
        }
        if (policy.jwt() != null && policy.jwt().enabled()) {
            TokenGate.Builder.create(scope, "tokens-%s".formatted(name))
                    .name(Name.of("%s-tokens".formatted(name)))
                    .pods(entry.pods())
                    .jwt(policy.jwt())
                    .hosts(List.of(host))
                    .preflight(policy.cors() != null)
                    .build();
        }
    }

    /**
     * The tools' hosts admit only the listed addresses and who brings a token, where the environment says so: most
     * tools stand outside the mesh and enforce nothing themselves. Argo CD's host is one of them unless the file says
     * otherwise.
     */
    private void tools() {
        Host delivery = environment.delivery().host();
        boolean apart = environment.delivery().access() != null;
        var hosts = new TreeSet<Host>(ToolRoutes.hosts(environment.observability()));
        if (delivery != null && !apart) {
            hosts.add(delivery);
        }
        chat();
        access(
                "tools",
                "monitoring",
                List.copyOf(hosts),
                environment.observability().access());
        if (delivery != null && apart) {
            access("delivery", "argocd", List.of(delivery), environment.accessToDelivery());
        }
    }

    /** The tools of Kiali's chat by themselves obey no list of tools (kiali, routing/routes.go, MCPTools). */
    private void chat() {
        if (environment.aiOps() == null || environment.aiOps().kialiChat() == null) {
            return;
        }
        ToolAddress kiali = new MonitoringSettings(environment).domain().address(Tool.KIALI);
        kiali.exposure()
                .ifPresent(exposure -> PathGate.Builder.create(scope, "kiali-chat")
                        .name(Name.of("kiali-chat-tools"))
                        .gateway(entry.pods())
                        .hosts(List.of(exposure.host()))
                        .paths(List.of(PathPattern.of("%s/api/chat/mcp/*".formatted(kiali.prefix()))))
                        .build());
    }

    private void access(String id, String name, List<Host> hosts, Observability.Access access) {
        Jwt jwt = access.jwt();
        if (!hosts.isEmpty() && jwt != null && access.asksForTokens()) {
            TokenGate.Builder.create(scope, "tokens-%s".formatted(id))
                    .name(Name.of("%s-tokens".formatted(name)))
                    .pods(entry.pods())
                    .jwt(jwt)
                    .hosts(hosts)
                    .preflight(false)
                    .build();
        }
        if (!hosts.isEmpty() && !access.from().isEmpty()) {
            AddressGate.Builder.create(scope, "addresses-%s".formatted(id))
                    .name(Name.of("%s-addresses".formatted(name)))
                    .gateway(entry.pods())
                    .hosts(hosts)
                    .from(access.from())
                    .preflight(false)
                    .build();
        }
    }
}
