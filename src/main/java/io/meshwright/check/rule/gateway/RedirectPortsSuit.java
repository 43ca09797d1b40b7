package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Redirect;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A redirect does not lead to the port of the other scheme, such as to https at port 80. */
@AutoService(Inspection.class)
public final class RedirectPortsSuit implements Check {
    public static final Rule REDIRECT_TO_OTHER_PORT = Rule.warning("MESH438", "redirect_to_other_port")
            .title("A redirect leads to https at port 80, or to http at port 443")
            .consequence("Clients that follow it speak TLS to a port of plain text, or the other way round, and fail.")
            .remedy("Leave port and derivePort away, so that the scheme's own port counts.");

    @Override
    public List<Rule> rules() {
        return List.of(REDIRECT_TO_OTHER_PORT);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Source, Finding> findings = new LinkedHashMap<>();
        GatewayRoute.of(mesh).stream()
                .filter(route -> route.route().isRedirect())
                .filter(route -> isSchemeKnown(mesh, route))
                .forEach(route -> {
                    Redirect redirect = Redirect.of(
                            route.entry(),
                            asked(route),
                            route.listener().servers().get(0).port(),
                            mesh.version(route.gateway()));
                    if (redirect.authority().endsWith(redirect.scheme().equals("https") ? ":80" : ":443")) {
                        Source place = route.route().field("redirect");
                        findings.putIfAbsent(
                                place, REDIRECT_TO_OTHER_PORT.at(place, "it leads to %s".formatted(redirect)));
                    }
                });
        return findings.values().stream();
    }

    /** Without a scheme of its own the client's counts, which behind trusted proxies X-Forwarded-Proto tells. */
    private static boolean isSchemeKnown(Mesh mesh, GatewayRoute route) {
        return route.route().body().at("/redirect/scheme").isTextual()
                || mesh.config().trustedProxies() == 0;
    }

    private static HttpRequest asked(GatewayRoute route) {
        HttpRequest sample = route.request("GET");
        return HttpRequest.of("GET", route.listener().isTls() ? "https" : "http", sample.authority(), sample.path());
    }
}
