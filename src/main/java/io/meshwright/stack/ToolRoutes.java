package io.meshwright.stack;

import io.meshwright.construct.MeshGateway;
import io.meshwright.construct.observability.settings.MonitoringDomain;
import io.meshwright.construct.observability.settings.Tool;
import io.meshwright.construct.observability.settings.ToolAddress;
import io.meshwright.construct.traffic.Backend;
import io.meshwright.construct.traffic.Claim;
import io.meshwright.construct.traffic.HostRoutes;
import io.meshwright.construct.traffic.RouteTable;
import io.meshwright.environment.Environment;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.Observability;
import io.meshwright.value.Duration;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.Redirect;
import io.meshwright.value.traffic.Respond;
import io.meshwright.value.traffic.Retries;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.StreamingTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.constructs.Construct;

/** The routes by which browsers reach tools: each in the namespace of its tool, never rewritten (incident I7). */
final class ToolRoutes {
    private static final int FOUND = 302;
    private static final int FORBIDDEN = 403;

    private final Construct scope;
    private final Environment environment;
    private final MeshGateway gateway;

    ToolRoutes(Construct scope, Environment environment, MeshGateway gateway) {
        this.scope = scope;
        this.environment = environment;
        this.gateway = gateway;
    }

    /** The hosts under which monitoring tools are exposed: one domain for all, or one for each. */
    static List<Host> hosts(Observability observability) {
        return observability.domain() != null
                ? List.of(observability.domain())
                : observability.hosts().values().stream().distinct().sorted().toList();
    }

    /** Routes of all exposed monitoring tools. */
    void monitoring(MonitoringDomain domain) {
        Map<Host, List<ToolAddress>> byHost = new TreeMap<>();
        for (ToolAddress address : domain.exposed()) {
            byHost.computeIfAbsent(address.exposure().orElseThrow().host(), host -> new ArrayList<>())
                    .add(address);
        }
        byHost.forEach((host, addresses) -> {
            List<Claim> claims = new ArrayList<>();
            addresses.forEach(address -> {
                claims.add(claim(host, address));
                if (address.tool() == Tool.KIALI && hasChat()) {
                    claims.add(spelled(host, address));
                }
            });
            if (addresses.stream().noneMatch(address -> address.prefix().isEmpty())) {
                claims.add(home(host, start(addresses)));
            }
            route(host, claims);
        });
    }

    private boolean hasChat() {
        return environment.aiOps() != null && environment.aiOps().kialiChat() != null;
    }

    /**
     * The gateway's policy compares paths as they are written, and Kiali reads %2F as a slash (gorilla/mux, URL.Path):
     * what is spelled so gets 403 too. A slash that stands twice it answers with a redirect to the path with one.
     */
    private static Claim spelled(Host host, ToolAddress kiali) {
        return Claim.of(
                backend(kiali),
                Route.builder()
                        .host(host)
                        .regex("%s/.*%%2[fF].*".formatted(kiali.prefix()))
                        .respond(new Respond(FORBIDDEN, null))
                        .build());
    }

    /** The route of a tool that has a whole host. */
    void whole(Host host, Backend backend) {
        route(host, List.of(claim(host, "/", backend)));
    }

    private static Claim claim(Host host, ToolAddress address) {
        return claim(host, address.root(), backend(address));
    }

    /**
     * No limit and no second try, on every path of the tool and not on its streams alone: a query may take minutes, as
     * may the manifests that Argo CD renders for a diff, the streams' paths change from release to release, and each
     * tool has limits of its own (incident I3).
     */
    private static Claim claim(Host host, String root, Backend backend) {
        return Claim.of(
                backend,
                Route.builder()
                        .host(host)
                        .prefix(root)
                        .timeout(new Duration(0))
                        .retries(Retries.none())
                        .build());
    }

    /** A host of which every tool has only a part shows Grafana, or the first tool, to whoever names no path. */
    private static Claim home(Host host, ToolAddress first) {
        Redirect redirect = new Redirect(null, null, "%s/".formatted(first.root()), null, FOUND);
        return Claim.of(
                backend(first),
                Route.builder().host(host).exact("/").redirect(redirect).build());
    }

    private static ToolAddress start(List<ToolAddress> addresses) {
        return addresses.stream()
                .filter(address -> address.tool() == Tool.GRAFANA)
                .findFirst()
                .orElse(addresses.get(0));
    }

    private static Backend backend(ToolAddress address) {
        return Backend.of(
                address.tool().service(), address.namespace(), address.tool().port());
    }

    private void route(Host host, List<Claim> claims) {
        HostSettings settings = HostSettings.of(environment, host);
        HostRoutes.Builder.create(scope, "routes-%s".formatted(host.dashed()))
                .name(Name.of(host.dashed()))
                .namespace(claims.get(0).backend().namespace())
                .gateway(gateway)
                .table(RouteTable.of(host)
                        .claims(claims)
                        .securityHeaders(settings.securityHeaders().orElse(null))
                        .inPlainText(!settings.isEncrypted())
                        .maintenance(settings.maintenance().orElse(null))
                        .build())
                .tools(streaming(claims))
                .build();
    }

    private static Map<Name, StreamingTool> streaming(List<Claim> claims) {
        Map<Name, StreamingTool> tools = new TreeMap<>();
        claims.stream()
                .map(claim -> claim.backend().service())
                .forEach(service -> StreamingTool.of(service.toString()).ifPresent(tool -> tools.put(service, tool)));
        return tools;
    }
}
