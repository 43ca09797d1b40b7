package io.meshwright.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.rehearsal.tunnel.Endurance;
import io.meshwright.rehearsal.tunnel.Istiod;
import io.meshwright.rehearsal.tunnel.Judge;
import io.meshwright.rehearsal.tunnel.Outcome;
import io.meshwright.rehearsal.tunnel.Outcome.Kind;
import io.meshwright.rehearsal.tunnel.WindTunnel;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.report.RequestRow;
import io.meshwright.trace.report.RequestTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every row of an environment's request table is sent through real Envoys that run what istiod says to its proxies, and
 * ends as trace says. {@code -Drehearsal.tables=DIR} takes the tables of that folder instead.
 */
@Tag("rehearsal")
class TunnelTest {
    /** The last release that trace knows; the istiod of the rehearsal is of the main branch after it. */
    private static final IstioVersion RELEASE = IstioVersion.of("1.31");

    private static final Path TABLES = Path.of(System.getProperty("rehearsal.tables", "test/resources/trace"));

    @ParameterizedTest
    @ValueSource(strings = {"egov", "homelab", "azure"})
    void a_real_envoy_answers_as_trace_says(String environment) throws Exception {
        Installed.here().with("envoy", "openssl");
        Dist dist = Dist.committed(environment);
        Trace trace =
                Trace.of(Mesh.of(new ManifestReader().path(dist.folder()).read().manifests(), RELEASE));
        List<RequestRow> rows = RequestTable.read(TABLES.resolve(environment.concat(".yaml")));
        try (Rehearsal rehearsal = Rehearsal.of("tunnel-%s".formatted(environment))
                .nodes(StandIns.of(environment))
                .argoCd(dist)
                .start()) {
            rehearsal.apply(environment);
            rehearsal.settle();
            try (Istiod istiod = rehearsal.istiods().discovery();
                    WindTunnel tunnel = WindTunnel.open(
                            rehearsal.client(),
                            istiod,
                            rehearsal.programs(),
                            rehearsal.installed().program("envoy"),
                            workloads(rows, trace))) {
                System.out.printf("%s: %s%n", environment, tunnel.described());
                judge(environment, tunnel, rows, trace);
            }
        }
    }

    private static void judge(String environment, WindTunnel tunnel, List<RequestRow> rows, Trace trace)
            throws Exception {
        Judge judge = new Judge(tunnel);
        Endurance endurance = new Endurance(tunnel);
        Map<Kind, Integer> counts = new TreeMap<>();
        SoftAssertions all = new SoftAssertions();
        for (RequestRow row : rows) {
            var path = trace.follow(row.request());
            Outcome outcome = judge.judge(row.request(), path);
            counts.merge(outcome.kind(), 1, Integer::sum);
            switch (outcome.kind()) {
                case AGREED -> endurance.note(row.request(), path);
                case NOT_ASKED -> System.out.printf("%s: not asked: %s: %s%n", environment, row, outcome.reasons());
                case DISAGREED ->
                    all.assertThat(outcome.reasons())
                            .as("%s from %s", row, row.request().from())
                            .isEmpty();
            }
        }
        contradicts(judge, rows, trace);
        List<String> slow = endurance.misses();
        all.assertThat(slow).as("timeouts, streams and retries").isEmpty();
        System.out.printf(
                "%s: %d rows: %s; %d routes waited and repeated, pods of %d clusters failed, %d otherwise than said%n",
                environment, rows.size(), counts, endurance.size(), endurance.ejections(), slow.size());
        all.assertThat(counts.getOrDefault(Kind.AGREED, 0))
                .as("rows that agree")
                .isPositive();
        all.assertAll();
    }

    /** A judge that always agreed would show nothing: of a verdict that is wrong it says so. */
    private static void contradicts(Judge judge, List<RequestRow> rows, Trace trace) throws Exception {
        for (RequestRow row : rows) {
            var path = trace.follow(row.request());
            var wrong = new io.meshwright.trace.answer.Path(
                    path.hops(), path.handlings(), List.of(), new Verdict.Answered(418, "FI", "nobody says so"));
            if (path.verdict().isDelivered()) {
                assertThat(judge.judge(row.request(), wrong).kind()).isEqualTo(Kind.DISAGREED);
                return;
            }
        }
    }

    /** Everybody whom a request meets, as trace sees it: the proxies that are needed. */
    private static Set<String> workloads(List<RequestRow> rows, Trace trace) {
        Set<String> workloads = new TreeSet<>();
        for (RequestRow row : rows) {
            workloads.add(row.request().from());
            workloads.addAll(WindTunnel.workloads(trace.follow(row.request())));
        }
        assertThat(workloads).isNotEmpty();
        return workloads;
    }
}
