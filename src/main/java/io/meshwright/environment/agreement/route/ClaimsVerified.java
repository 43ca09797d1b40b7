package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.Host;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.ArrayList;
import java.util.List;

/** A claim of a token decides only where somebody verifies the token. */
public final class ClaimsVerified implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredService.of(environment).forEach(declared -> {
            KeyPath release = declared.at().key("release").key("by").key("claim");
            declared.routes().forEach(each -> {
                KeyPath match = each.at().key("match").key("claims");
                boolean claims = each.route().match().readsToken();
                if (each.isInner()) {
                    insideMesh(match, claims, refusals);
                } else {
                    each.entries(environment).forEach(entry -> {
                        each.hosts().forEach(host -> onHost(entry, match, host, claims, refusals));
                        onHost(entry, release, each.route().host(), declared.isReleasedByClaim(), refusals);
                    });
                }
            });
            forCallersInMesh(release, declared, refusals);
        });
        return refusals;
    }

    private static void insideMesh(KeyPath at, boolean claims, List<InvalidValue> refusals) {
        if (claims) {
            refusals.add(new InvalidValue(
                    at,
                    "cannot decide inside the mesh, where nobody verifies tokens",
                    "decide by a header, or on a host of the gateway"));
        }
    }

    private static void onHost(GatewayEntry entry, KeyPath at, Host host, boolean claims, List<InvalidValue> refusals) {
        HostPolicy policy = entry.gateway().hosts().get(host);
        if (claims && (policy == null || policy.jwt() == null || !policy.jwt().enabled())) {
            refusals.add(new InvalidValue(
                    at,
                    "decides by a token that nobody verifies on host %s".formatted(host),
                    "declare %s.hosts.%s.jwt, or decide by a header or cookie"
                            .formatted(entry.at().text(), host)));
        }
    }

    private static void forCallersInMesh(KeyPath at, DeclaredService declared, List<InvalidValue> refusals) {
        if (declared.isCalledInMesh() && declared.isReleasedByClaim()) {
            refusals.add(new InvalidValue(
                    at,
                    "cannot decide for callers in the mesh, where nobody verifies tokens",
                    "decide by a header that they pass on, or allow the gateway only"));
        }
    }
}
