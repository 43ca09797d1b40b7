package io.meshwright.incident.cause;

import io.meshwright.incident.evidence.Cluster;
import io.meshwright.incident.evidence.Evidence;
import io.meshwright.incident.evidence.Field;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything that would end a request as the evidence shows it, the likeliest first. */
public final class Causes {
    private static final int TOO_LARGE = 413;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Mesh mesh;
    private final Evidence evidence;
    private final Optional<Destination> destination;
    private final RouteCauses route;
    private final List<Cause> causes = new ArrayList<>();

    private Causes(Mesh mesh, Evidence evidence, Optional<HttpRoute> traced) {
        this.mesh = mesh;
        this.evidence = evidence;
        this.destination = Destination.of(mesh, evidence);
        this.route = new RouteCauses(mesh, evidence, traced);
    }

    /**
     * Of one piece of evidence.
     *
     * @param traced the route by which the request goes, where that is known
     */
    public static List<Cause> of(Mesh mesh, Evidence evidence, Optional<HttpRoute> traced) {
        if (evidence.kind().isTable()) {
            return TableCauses.of(mesh, evidence);
        }
        Causes all = new Causes(mesh, evidence, traced);
        if (evidence.cluster().filter(Cluster::isBlackHole).isPresent()) {
            return List.of(Cause.of(
                    "the sidecar knows nothing under that name or address, and sends to what is declared only (REGISTRY_ONLY)",
                    "Declare the host by a ServiceEntry, and see that the caller's Sidecar lets it in."));
        }
        all.byDetails();
        evidence.flags().forEach(all::byFlag);
        if (all.causes.isEmpty()) {
            all.byStatus();
        }
        return all.causes.stream().distinct().toList();
    }

    private void byDetails() {
        String details = evidence.text(Field.RESPONSE_CODE_DETAILS);
        Optional<String> denial = evidence.denial();
        if (denial.isPresent()) {
            causes.addAll(PolicyDenial.causes(mesh, evidence, denial.get()));
        } else if (details.startsWith("jwt_authn_access_denied")) {
            causes.add(token(details));
        } else if (details.equals("direct_response")) {
            causes.add(route.directResponse());
        } else if (details.equals("low_version")) {
            causes.add(oldHttp());
        } else if (details.startsWith("request_payload_too_large")) {
            causes.add(Cause.of(
                    "the body is larger than a filter that keeps it whole allows",
                    "Raise the limit of the buffer, ext_authz or Wasm filter, or let the body pass it by."));
        } else if (details.startsWith("path_normalization") || details.contains("strict_check")) {
            causes.add(Cause.of(
                    "the path or a header is written in a way that the proxy refuses",
                    "Let the client write it plainly; pathNormalization of the mesh says what is refused."));
        } else if (details.startsWith("http1.") || details.startsWith("http2.")) {
            causes.add(Cause.of(
                    "one side sends what is no valid HTTP: %s".formatted(details.replace('_', ' ')),
                    "Look at which side it is, and at headers with both Content-Length and Transfer-Encoding."));
        } else if (details.startsWith("internal_redirect") || details.startsWith("async_client")) {
            causes.add(Cause.of(details.replace('_', ' '), "Look at the filter that makes requests of its own."));
        }
    }

    private static Cause oldHttp() {
        return Cause.of(
                "the client speaks HTTP/1.0, which Envoy refuses",
                "Let it speak HTTP/1.1, as nginx does with proxy_http_version 1.1; or set PILOT_HTTP10.");
    }

    private Cause token(String details) {
        String why = details.contains("{")
                ? details.substring(details.indexOf('{')).replaceAll("[{}]", "").replace('_', ' ')
                : "";
        List<Source> rules = mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION).stream()
                .map(object -> Source.of(object).at("/spec/jwtRules"))
                .toList();
        return new Cause(
                "the token is refused%s".formatted(why.isEmpty() ? "" : ": ".concat(why)),
                rules,
                "Compare issuer and audience of the token with the rule, and let the proxy reach jwksUri; an expired token must be renewed.");
    }

    private void byFlag(String flag) {
        ConnectionCauses connection = new ConnectionCauses(evidence, destination);
        switch (flag) {
            case "UF" -> causes.addAll(connection.causes());
            case "UC" -> {
                connection.plainText().ifPresent(causes::add);
                other(flag);
            }
            case "UH" -> causes.addAll(PoolCauses.noServer(evidence, destination));
            case "UO" -> causes.add(PoolCauses.overflow(destination));
            case "UT" -> causes.add(route.timeout());
            case "URX" -> causes.add(route.retriesExhausted());
            case "NR" -> {
                causes.addAll(route.noRoute());
                if (causes.isEmpty()) {
                    other(flag);
                }
            }
            case "NC" -> causes.add(route.noCluster());
            case "FI", "DI" -> causes.add(route.fault());
            case "UAEX" -> causes.add(external());
            case "RL" -> causes.add(limit());
            case "UPE" -> causes.add(protocol());
            default -> other(flag);
        }
    }

    private void other(String flag) {
        ResponseFlag.of(flag)
                .ifPresentOrElse(
                        known -> causes.add(Cause.of(known.meaning(), known.remedy())),
                        () -> causes.add(Cause.of(
                                "the flag %s is none that is known".formatted(flag),
                                "Look it up in Envoy's documentation.")));
    }

    private Cause external() {
        List<Source> custom = mesh.manifests().kind(Kind.AUTHORIZATION_POLICY).stream()
                .filter(policy -> policy.at("/spec/action").asText("").equals("CUSTOM"))
                .map(policy -> Source.of(policy).at("/spec"))
                .toList();
        boolean failed = evidence.text(Field.RESPONSE_CODE_DETAILS).contains("error");
        return new Cause(
                failed ? "the external authorizer could not be asked" : "the external authorizer refused the request",
                custom,
                failed
                        ? "Look at its pods, its port in meshConfig.extensionProviders, and its AuthorizationPolicy."
                        : "Look at the authorizer's log for the request's id.");
    }

    private Cause limit() {
        List<Source> limits = mesh.manifests().kind(Kind.ENVOY_FILTER).stream()
                .filter(filter -> filter.body().toString().contains("local_ratelimit"))
                .map(filter -> Source.of(filter).at("/spec"))
                .toList();
        return new Cause(
                "the local rate limit of the proxy was used up",
                limits,
                "It counts for each proxy: more replicas let more pass; raise it where the load is a good one.");
    }

    private Cause protocol() {
        Cause cause = Cause.of(
                "%s speaks another protocol than its port declares"
                        .formatted(destination.map(Destination::toString).orElse("the server")),
                "A port called http2 or grpc, or h2UpgradePolicy, makes proxies speak HTTP/2; name it after what the server speaks.");
        return destination
                .flatMap(found -> found.servicePort().map(port -> cause.by(port.source())))
                .orElse(cause);
    }

    private void byStatus() {
        int status = evidence.status().orElse(0);
        if (evidence.isOfApplication()) {
            causes.add(
                    Cause.of(
                            status < 400
                                    ? "the application answered, and no proxy is to blame"
                                    : "the application, or a proxy before it on the other side, answered %d"
                                            .formatted(status),
                            "Look at the server's own log for the request's id; its sidecar's log tells whether it answered itself."));
        } else if (status == TOO_LARGE) {
            causes.add(Cause.of(
                    "the body is larger than somebody takes", "Look at the gateway's filters and at the application."));
        } else if (status == UPGRADE_REQUIRED) {
            causes.add(oldHttp());
        } else if (status == UNAUTHORIZED || status == FORBIDDEN) {
            causes.add(Cause.of(
                    "who answered is not told: a proxy's body says RBAC or Jwt, an application's does not",
                    "Give the body too, or the line of the proxy's access log."));
        }
    }
}
