package io.meshwright.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Day;
import io.meshwright.value.Host;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.security.AddressSet;
import io.meshwright.value.security.Admission;
import io.meshwright.value.security.Caller;
import io.meshwright.value.security.Connection;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Identity;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.security.MtlsException;
import io.meshwright.value.security.MtlsMode;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PathPattern;
import io.meshwright.value.security.Posture;
import io.meshwright.value.security.Slack;
import io.meshwright.value.security.TargetPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PosturePageTest {
    private static final Name SHOP = Name.of("shop");
    private static final TargetPort HTTP = TargetPort.http(8080);
    private static final Party WEB = meshed("web");
    private static final Party CART = meshed("cart");
    private static final Party MYSQL =
            Party.outsideMesh(Name.of("mysql"), SHOP, Map.of("app", "mysql"), TargetPort.tcp(3306));
    private static final MtlsException EXCEPTION = new MtlsException(
            Name.of("cart"), null, MtlsMode.PERMISSIVE, "platform", "old | client\nstays", Day.of("2027-03-31"));
    private static final MtlsPlan PLAN = MtlsPlan.of(MtlsMode.STRICT).withException(CART, EXCEPTION);

    @Test
    void says_so_where_there_is_nothing() {
        assertThat(PosturePage.of(new Posture(
                        "empty", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of())))
                .isEqualTo("""
                    # Security posture of empty

                    ## Exposed hosts

                    Nothing is exposed.

                    ## Mutual TLS

                    No party calls another.

                    ## Exceptions from mutual TLS

                    There is none.

                    ## Callers

                    Nobody may call anybody.

                    ## Egress

                    Nothing leaves the mesh.
                    """);
    }

    @Test
    void shows_every_fact_in_its_table() {
        assertThat(PosturePage.of(posture()))
                .contains(
                        "| oauth.example.org | 443 HTTPS (SIMPLE) | /admin/\\*: only 203.0.113.0/24 |",
                        "| tool.example.org | 192.168.1.0/24 | 403 for everybody: Cloudflare reports the visitor's"
                                + " public address, which is never one of these | split DNS: in that network the name"
                                + " tool.example.org is 192.168.1.200 |",
                        "| not at all: the load balancer admits Cloudflare only |",
                        "Split DNS: the resolver of the admitted network answers these names itself",
                        "| *.example.org".replace("*", "\\*").concat(" | 80 HTTP | everybody |"),
                        "| shop/web | shop/cart | 8080 | yes | mutual TLS | both have a sidecar and shop/cart is"
                                + " PERMISSIVE |",
                        "| shop/cart | shop/mysql | 3306 | yes | plaintext | shop/mysql has no sidecar |",
                        "| shop/mysql | shop/web | 8080 | no | broken | "
                                + "shop/mysql has no sidecar and shop/web is STRICT: the connection is reset |",
                        "| shop/mysql | shop/web | 15020 | by the platform | plaintext | it is outside |",
                        "/api/\\* except /api/open: only with a token of https://id.example.org/realms/shop;"
                                + " every path: only what login agrees to |",
                        "| desk.example.org | 443 HTTPS (SIMPLE) | every path except /healthz: only what login agrees to,"
                                + " and everything while it cannot be asked: the shop stays open |",
                        "| shop/cart | every port | PERMISSIVE | platform | old \\| client stays | 2027-03-31 |",
                        "| shop/cart | shop/web | GET | all | AuthorizationPolicy and NetworkPolicy | DRY_RUN |",
                        "| shop/mysql | shop/cart | all | all | NetworkPolicy only, because no identity is proven: "
                                + "shop/mysql has no sidecar | ENFORCE |",
                        "| chat | hooks.slack.com, slack.com | tls-443 | shop/web | egress gateway |");
    }

    private static Posture posture() {
        List<Posture.Exposed> exposed = List.of(
                new Posture.Exposed(
                        Host.of("oauth.example.org"),
                        "443 HTTPS (SIMPLE)",
                        List.of(new Posture.Restricted(
                                List.of(PathPattern.below("/admin")), List.of(AddressSet.of("203.0.113.0/24")))),
                        List.of(),
                        Optional.empty()),
                new Posture.Exposed(Host.of("*.example.org"), "80 HTTP", List.of(), List.of(), Optional.empty()),
                new Posture.Exposed(
                        Host.of("desk.example.org"),
                        "443 HTTPS (SIMPLE)",
                        List.of(),
                        List.of(),
                        Optional.of(new Posture.Asked(
                                Name.of("login"),
                                List.of(),
                                List.of(PathPattern.of("/healthz")),
                                Optional.of("the shop stays open")))),
                new Posture.Exposed(
                        Host.of("api.example.org"),
                        "443 HTTPS (SIMPLE)",
                        List.of(),
                        List.of(new Jwt(
                                Url.of("https://id.example.org/realms/shop"),
                                null,
                                null,
                                null,
                                null,
                                List.of(PathPattern.below("/api")),
                                List.of(PathPattern.of("/api/open")),
                                null)),
                        Optional.of(new Posture.Asked(Name.of("login"), List.of(), List.of(), Optional.empty()))));
        List<Admission> admissions = List.of(
                Admission.of(
                        PLAN,
                        CART,
                        WEB,
                        new Caller(Name.of("web"), List.of(HttpMethod.GET), null),
                        Enforcement.DRY_RUN),
                Admission.of(PLAN, MYSQL, CART, Caller.of("cart"), Enforcement.ENFORCE));
        List<Connection> connections = new ArrayList<>(admissions.stream()
                .flatMap(admission -> admission.connections().stream())
                .toList());
        connections.add(PLAN.connection(MYSQL, WEB, HTTP));
        Connection scrape =
                new Connection(MYSQL, WEB, TargetPort.tcp(15020), Connection.Outcome.PLAINTEXT, "it is outside");
        return new Posture(
                "test",
                exposed,
                inside(),
                connections,
                List.of(scrape),
                PLAN.exemptions(),
                admissions,
                List.of(new Posture.Outbound(Name.of("chat"), new Slack(true), List.of(WEB))));
    }

    private static List<Posture.Inside> inside() {
        List<AddressSet> home = List.of(AddressSet.of("192.168.1.0/24"));
        return List.of(
                new Posture.Inside(
                        Host.of("tool.example.org"), home, "Cloudflare", Optional.of(IpAddress.of("192.168.1.200"))),
                new Posture.Inside(Host.of("shut.example.org"), home, "Cloudflare", Optional.empty()));
    }

    private static Party meshed(String name) {
        return Party.meshed(Name.of(name), Identity.of(SHOP, Name.of(name)), Map.of("app", name), HTTP);
    }
}
