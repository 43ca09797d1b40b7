package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Set;

/** Causes that the response code details tell of, where no flag stands for them (envoy, response code details). */
final class DetailCauses {
    /** One side ended its stream by HTTP/2's own words, which are no fault of its bytes. */
    private static final Set<String> RESETS = Set.of("http2.remote_reset", "http2.remote_refuse");

    private final Mesh mesh;
    private final Evidence evidence;
    private final RouteCauses route;
    private final String details;

    DetailCauses(Mesh mesh, Evidence evidence, RouteCauses route) {
        this.mesh = mesh;
        this.evidence = evidence;
        this.route = route;
        this.details = evidence.text(Field.RESPONSE_CODE_DETAILS);
    }

    List<Cause> causes() {
        if (evidence.denial().isPresent()) {
            return PolicyDenial.causes(mesh, evidence, evidence.denial().get());
        }
        if (details.startsWith("jwt_authn_access_denied")) {
            return List.of(token());
        }
        if (details.equals("direct_response")) {
            return List.of(route.directResponse());
        }
        if (details.equals("low_version")) {
            return List.of(oldHttp());
        }
        return others();
    }

    private List<Cause> others() {
        if (details.startsWith("request_payload_too_large")) {
            return told(
                    "the body is larger than a filter that keeps it whole allows",
                    "Raise the limit of the buffer, ext_authz or Wasm filter, or let the body pass it by.");
        }
        if (details.equals("upgrade_failed")) {
            return told(
                    "the client asks for an upgrade that the proxy does not let through: istiod admits Upgrade: websocket alone, written once",
                    "Look at the Upgrade header that arrives: a proxy in front may write it twice; another protocol wants TCP or an EnvoyFilter.");
        }
        if (details.startsWith("upstream_reset_after_response_started")) {
            return told(
                    "the answer had begun, and broke off: the client has a status and a part of the body",
                    "Look at the server's log for what ended its answer, and at restarts and timeouts of what stands between.");
        }
        if (details.startsWith("path_normalization")
                || details.contains("strict_check")
                || details.startsWith("absolute_path_rejected")
                || details.startsWith("missing_")) {
            return told(
                    "the path or a header is written in a way that the proxy refuses",
                    "Let the client write it plainly; pathNormalization of the mesh says what is refused.");
        }
        if ((details.startsWith("http1.") || details.startsWith("http2.")) && !RESETS.contains(details)) {
            return told(
                    "one side sends what is no valid HTTP: %s".formatted(details.replace('_', ' ')),
                    "Look at which side it is, and at headers with both Content-Length and Transfer-Encoding.");
        }
        if (details.startsWith("internal_redirect") || details.startsWith("async_client")) {
            return told(details.replace('_', ' '), "Look at the filter that makes requests of its own.");
        }
        return List.of();
    }

    private static List<Cause> told(String what, String remedy) {
        return List.of(Cause.of(what, remedy));
    }

    static Cause oldHttp() {
        return Cause.of(
                "the client speaks HTTP/1.0, which Envoy refuses",
                "Let it speak HTTP/1.1, as nginx does with proxy_http_version 1.1; or set PILOT_HTTP10.");
    }

    private Cause token() {
        String why = details.contains("{")
                ? details.substring(details.indexOf('{')).replaceAll("[{}]", "").replace('_', ' ')
                : "";
        List<Source> rules = mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream()
                .map(object -> Source.of(object).at("/spec/jwtRules"))
                .toList();
        return new Cause("the token is refused%s".formatted(why.isEmpty() ? "" : ": ".concat(why)), rules, remedy(why));
    }

    private static String remedy(String why) {
        if (why.contains("Jwks")) {
            return "The keys were not there: let whoever fetches them, istiod or the proxy, reach jwksUri, or write them as jwks.";
        }
        if (why.contains("expired") || why.contains("not yet valid")) {
            return "The client must renew it; compare the clocks of issuer and nodes.";
        }
        if (why.contains("Audiences")) {
            return "Compare the token's aud with the audiences of the rule.";
        }
        if (why.contains("issuer")) {
            return "Compare the token's iss with the issuers of the rules, letter by letter, slash at the end included.";
        }
        return "Compare issuer and audience of the token with the rule, and let the proxy reach jwksUri; an expired token must be renewed.";
    }
}
