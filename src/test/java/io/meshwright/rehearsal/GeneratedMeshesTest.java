package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.rehearsal.standin.LoadBalancers;
import io.meshwright.rehearsal.tunnel.Istiod;
import io.meshwright.rehearsal.tunnel.Judge;
import io.meshwright.rehearsal.tunnel.Judge.Asked;
import io.meshwright.rehearsal.tunnel.Outcome;
import io.meshwright.rehearsal.tunnel.Outcome.Kind;
import io.meshwright.rehearsal.tunnel.WindTunnel;
import io.meshwright.rehearsal.tunnel.drawn.ConnectionDice;
import io.meshwright.rehearsal.tunnel.drawn.ConnectionMesh;
import io.meshwright.rehearsal.tunnel.drawn.Coverage;
import io.meshwright.rehearsal.tunnel.drawn.GatewayApiMesh;
import io.meshwright.rehearsal.tunnel.drawn.GeneratedMesh;
import io.meshwright.rehearsal.tunnel.drawn.IngressMesh;
import io.meshwright.rehearsal.tunnel.drawn.RequestDice;
import io.meshwright.rehearsal.tunnel.drawn.ScopeDice;
import io.meshwright.rehearsal.tunnel.drawn.ScopeMesh;
import io.meshwright.trace.Trace;
import io.meshwright.trace.request.Request;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Meshes that chance draws, each with its requests, through real Envoys: what trace says of a request is how it ends.
 * {@code -Drehearsal.meshes}, {@code -Drehearsal.requests} and {@code -Drehearsal.seed} draw others.
 */
@Tag("rehearsal")
class GeneratedMeshesTest {
    private static final IstioVersion RELEASE = IstioVersion.of("1.31");
    private static final int MESHES = Integer.getInteger("rehearsal.meshes", 20);
    private static final int REQUESTS = Integer.getInteger("rehearsal.requests", 500);
    /** Of them; the rest is left to requests that arrive, and some more meet what was met too seldom. */
    private static final int REFUSED = REQUESTS * 2 / 5;

    /** Enough to meet nearly everything that can be met. */
    private static final int DRAWN = 6000;
    /** Enough to meet often what the first ones met too seldom. */
    private static final int MOST_DRAWN = 60_000;

    private static final long SEED = Long.getLong("rehearsal.seed", 1);
    private static final Set<String> WORKLOADS =
            Set.of("edge/gate", "shop/web-v1", "shop/web-v2", "shop/cart", "pay/bank-v1", "pay/bank-v2");
    static final String VALUES = """
        meshConfig:
          outboundTrafficPolicy: {mode: %s}
          accessLogFile: /dev/stdout
          ingressSelector: gate
          ingressService: gate
        pilot: {autoscaleEnabled: false}
        """;

    private final Map<Kind, Integer> counts = new TreeMap<>();
    private final Map<String, Integer> silences = new TreeMap<>();
    private final List<String> misses = new ArrayList<>();
    private final List<String> seldom = new ArrayList<>();
    private int delivered;
    private int covered;
    private int elements;

    @Test
    void every_request_ends_as_trace_says() throws Exception {
        judge("tunnel-meshes", new Family(GeneratedMesh::of, RequestDice::of));
    }

    @Test
    void so_does_every_one_by_routes_of_the_gateway_api() throws Exception {
        judge("tunnel-gateway-api", new Family(GatewayApiMesh::of, GeneratedMeshesTest::requestsAndConnections));
    }

    @Test
    void so_does_every_connection() throws Exception {
        judge("tunnel-connections", new Family(ConnectionMesh::of, ConnectionDice::of));
    }

    @Test
    void so_does_every_one_by_ingresses() throws Exception {
        judge("tunnel-ingresses", new Family(IngressMesh::of, RequestDice::of));
    }

    @Test
    void so_does_every_one_by_sidecars_services_and_entries() throws Exception {
        judge("tunnel-scopes", new Family(ScopeMesh::of, ScopeDice::of, "ALLOW_ANY"));
    }

    /** Of four of them one is a connection. */
    private static List<Request> requestsAndConnections(long seed, int count) {
        List<Request> connections = ConnectionDice.of(seed, count / 4);
        List<Request> all = new ArrayList<>(RequestDice.of(seed, count - connections.size()));
        for (int index = 0; index < connections.size(); index++) {
            all.add(4 * index, connections.get(index));
        }
        return all;
    }

    /**
     * Meshes and requests by their seed, and where the mesh lets calls to nobody go; of requests as many as are asked
     * for.
     */
    private record Family(
            LongFunction<String> meshes, BiFunction<Long, Integer, List<Request>> requests, String outbound) {
        Family(LongFunction<String> meshes, BiFunction<Long, Integer, List<Request>> requests) {
            this(meshes, requests, "REGISTRY_ONLY");
        }
    }

    private void judge(String run, Family family) throws Exception {
        Installed.here().with("envoy", "openssl");
        try (Rehearsal rehearsal = Rehearsal.of(run).nodes(new LoadBalancers()).start()) {
            Fleet fleet = Fleet.install(rehearsal, VALUES.formatted(family.outbound()));
            try (Istiod istiod = rehearsal.istiods().discovery()) {
                for (long seed = SEED; seed < SEED + MESHES; seed++) {
                    ask(seed, family, fleet, rehearsal, istiod);
                }
            }
        }
        System.out.printf(
                "%d meshes: %s, %d delivered; not asked: %s; %d of %d routes, rules and subsets met by three%n",
                MESHES, counts, delivered, silences, covered, elements);
        assertThat(misses).as("requests that end otherwise than trace says").isEmpty();
        assertThat(seldom)
                .as("routes, rules and subsets that less than three requests meet")
                .isEmpty();
        int asked = counts.getOrDefault(Kind.AGREED, 0);
        assertThat(asked).isPositive();
        assertThat(delivered).as("requests that arrive").isGreaterThanOrEqualTo(asked / 2);
    }

    private void ask(long seed, Family family, Fleet fleet, Rehearsal rehearsal, Istiod istiod) throws Exception {
        String objects = family.meshes().apply(seed);
        Files.writeString(rehearsal.programs().folder().resolve("mesh-%d.yaml".formatted(seed)), objects);
        fleet.replace(objects, istiod);
        Trace trace = Trace.of(
                Mesh.of(ManifestReader.of("mesh.yaml", fleet.manifests()).manifests(), RELEASE));
        List<Asked> asked = asked(
                family.requests().apply(seed, MOST_DRAWN),
                trace,
                Coverage.of(ManifestReader.of("mesh.yaml", objects).manifests()));
        if (isRefused(asked)) {
            assertThatThrownBy(() -> open(rehearsal, istiod).close())
                    .hasMessageContaining("has the same matching rules defined");
            System.out.printf("mesh %d: Envoy refuses a port of the gateway, as trace says%n", seed);
            return;
        }
        try (WindTunnel tunnel = open(rehearsal, istiod)) {
            List<Outcome> outcomes = new Judge(tunnel).judge(asked);
            Map<Kind, Integer> here = new TreeMap<>();
            for (int index = 0; index < asked.size(); index++) {
                here.merge(outcomes.get(index).kind(), 1, Integer::sum);
                counts.merge(outcomes.get(index).kind(), 1, Integer::sum);
                count(seed, asked.get(index), outcomes.get(index));
            }
            System.out.printf("mesh %d: %s %s%n", seed, here, silences);
            Files.write(rehearsal.programs().folder().resolve("misses.txt"), misses);
        }
    }

    /** Whether trace says that Envoy takes no listener with what istiod makes of a port. */
    private static boolean isRefused(List<Asked> asked) {
        return asked.stream().anyMatch(each -> each.traced().verdict().summary().contains("Envoy refuses port"));
    }

    private static WindTunnel open(Rehearsal rehearsal, Istiod istiod) throws Exception {
        return WindTunnel.open(
                rehearsal.client(),
                istiod,
                rehearsal.programs(),
                rehearsal.installed().program("envoy"),
                WORKLOADS);
    }

    /** The first ones as they come, then those that meet what was met too seldom. */
    private List<Asked> asked(List<Request> requests, Trace trace, Coverage coverage) {
        List<Asked> asked = new ArrayList<>();
        int refused = 0;
        int drawn = 0;
        for (Request request : requests) {
            if (drawn++ >= DRAWN && coverage.seldom().isEmpty()) {
                break;
            }
            Asked next = new Asked(request, trace.follow(request));
            boolean arrives = next.traced().verdict().isDelivered();
            if (asked.size() < REQUESTS && (arrives || refused < REFUSED) || coverage.wants(next.traced())) {
                coverage.count(next.traced());
                asked.add(next);
                refused += arrives ? 0 : 1;
            }
        }
        covered += coverage.covered();
        elements += coverage.size();
        seldom.addAll(coverage.seldom());
        return asked;
    }

    private void count(long seed, Asked asked, Outcome outcome) {
        if (outcome.kind() == Kind.AGREED && outcome.delivered()) {
            delivered++;
        }
        if (outcome.kind() == Kind.NOT_ASKED) {
            silences.merge(outcome.reasons().get(0), 1, Integer::sum);
        }
        if (outcome.kind() == Kind.DISAGREED) {
            misses.add("mesh %d: %s %s from %s%n  %s"
                    .formatted(
                            seed,
                            asked.request(),
                            asked.request().headers(),
                            asked.request().from(),
                            String.join("\n  ", outcome.reasons())));
        }
    }
}
