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
            StatusCauses.of(mesh, evidence).ifPresent(all.causes::add);
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
                    StatusCauses.of(mesh, evidence).ifPresent(causes::add);
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
}
