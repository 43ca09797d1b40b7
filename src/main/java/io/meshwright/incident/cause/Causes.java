package io.meshwright.incident.cause;

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
    private static final int NOT_FOUND = 404;
    private static final int BAD_REQUEST = 400;
    private static final String ASK_MORE = "Give the body too, or the line of the proxy's access log.";

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
        if (evidence.kind() == Evidence.Kind.ALERT) {
            return AlertCauses.of(mesh, evidence);
        }
        Causes all = new Causes(mesh, evidence, traced);
        if (BlackHole.isMeant(evidence)) {
            return List.of(BlackHole.cause(evidence));
        }
        all.causes.addAll(new DetailCauses(mesh, evidence, all.route).causes());
        evidence.flags().forEach(all::byFlag);
        if (all.causes.isEmpty()) {
            all.byStatus();
        }
        return all.causes.stream().distinct().toList();
    }

    private void byFlag(String flag) {
        ConnectionCauses connection = new ConnectionCauses(evidence, destination);
        switch (flag) {
            case "UF" -> causes.addAll(connection.causes());
            case "UC" -> {
                connection.plainText().ifPresent(causes::add);
                causes.addAll(connection.terminated());
            }
            case "UR" -> causes.add(connection.reset());
            case "DPE" -> {
                connection.undeclared().ifPresent(causes::add);
                other(flag);
            }
            case "UH" -> causes.addAll(PoolCauses.noServer(evidence, destination));
            case "UO" -> causes.add(PoolCauses.overflow(destination));
            case "UT" -> causes.add(route.timeout());
            case "URX" -> {
                causes.add(route.retriesExhausted());
                if (evidence.isOfApplication()) {
                    byStatus();
                }
            }
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
        if (evidence.isOfConnection()) {
            causes.add(
                    Cause.of(
                            "bytes were passed on as they came, and no proxy ended the connection",
                            "Look at the server's own log; a proxy that reads no requests cannot tell whether they were answered."));
        } else if (evidence.isOfApplication()) {
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
            causes.add(DetailCauses.oldHttp());
        } else if (status == UNAUTHORIZED || status == FORBIDDEN) {
            causes.add(Cause.of(
                    "who answered is not told: a proxy's body says RBAC or Jwt, an application's does not", ASK_MORE));
        } else if (evidence.kind() == Evidence.Kind.RESPONSE && status >= BAD_REQUEST) {
            causes.add(Cause.of(
                    status == NOT_FOUND
                            ? "who answered is not told: a proxy that has no route for host and path answers 404 without a body, an application's answer has the header x-envoy-upstream-service-time"
                            : "who answered is not told, and neither body nor headers give a reason of Envoy's",
                    ASK_MORE));
        }
    }
}
