package io.meshwright.incident.mending;

import io.meshwright.check.Verdicts;
import io.meshwright.incident.Incident;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Reading;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.plan.Plan;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.side.Side;
import io.meshwright.trace.Trace;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.request.Request;
import io.meshwright.value.InvalidValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plans what mends an incident: the manifests as they are beside the same with one object changed. */
public final class Planner {
    private static final int MOST = 4;
    private static final Comparator<Mends.Planned> LEAST_RISK = Comparator.comparing(Mends.Planned::risk)
            .thenComparing(Planner::ended, Comparator.reverseOrder())
            .thenComparing(planned -> planned.plan().changes().size());

    private final Reading reading;
    private final Mesh mesh;
    private final Optional<IstioVersion> version;
    private final Verdicts verdicts = Verdicts.shared();
    private @Nullable Side before;
    private int left = 2 * MOST;

    /**
     * For the incidents of one mesh, which share the reading of it and a bound of plans.
     *
     * @param version the release that counts, where the manifests' own does not
     */
    public Planner(Reading reading, Mesh mesh, Optional<IstioVersion> version) {
        this.reading = reading;
        this.mesh = mesh;
        this.version = version;
    }

    /** At most four changes, the least risk first; one of which a trace shows that it does not help is left out. */
    public Mends plan(Incident incident) {
        Proposals proposals = Proposals.of(mesh, incident);
        Optional<Request> request = proposals.likely().stream()
                .findFirst()
                .map(Incident.Way::request)
                .map(Planner::asBrowsersAsk);
        Optional<Path> before = follow(mesh, request);
        List<Mends.Planned> planned = new ArrayList<>();
        int useless = 0;
        int more = 0;
        for (Mending mending : proposals.mendings()) {
            Reading changed = changed(mending);
            Mesh young = Mesh.of(changed.manifests().distinct(), version);
            Optional<Path> after = follow(young, request);
            if (mending.proves() && (after.isEmpty() || incident.endsSo(after.get()))) {
                useless++;
            } else if (planned.size() == MOST || left == 0) {
                more++;
            } else {
                left--;
                planned.add(new Mends.Planned(mending, plan(changed, request), end(before), end(after)));
            }
        }
        List<String> unplanned = new ArrayList<>(proposals.reasons());
        if (planned.isEmpty() && useless > 0) {
            unplanned.add("of %d changes of one object that were tried, none lets the request end otherwise"
                    .formatted(useless));
        }
        if (more > 0) {
            unplanned.add("%d more were not planned, since it takes long; meshwright plan does it".formatted(more));
        }
        return new Mends(planned.stream().sorted(LEAST_RISK).toList(), unplanned);
    }

    /** Counts what check finds no more: the better of two ways of one risk is the one that it has less against. */
    private static long ended(Mends.Planned planned) {
        return planned.plan().changes().stream()
                .filter(change -> change.rule() == ChangeRule.FINDING_GONE)
                .count();
    }

    private Plan plan(Reading changed, Optional<Request> request) {
        return Plan.between(
                "",
                before(),
                Side.of("", changed, version, verdicts),
                request.stream().toList());
    }

    private static String end(Optional<Path> path) {
        return path.map(known -> known.verdict().summary()).orElse("");
    }

    /** No log tells the header by which policies know a preflight, and hardly anything else asks by this method. */
    private static Request asBrowsersAsk(Request request) {
        return request.method().equals("OPTIONS") ? request.header("Access-Control-Request-Method", "GET") : request;
    }

    private Side before() {
        Side side = before;
        if (side == null) {
            side = Side.of("", reading, version, verdicts);
            before = side;
        }
        return side;
    }

    /** Copies of the object in other files of the same kustomization change with it. */
    private Reading changed(Mending mending) {
        Manifest old = mending.before();
        return new Reading(
                reading.manifests().map(each -> isSame(each, old) ? each.saying(mending.body()) : each),
                reading.unreadable());
    }

    private static boolean isSame(Manifest one, Manifest other) {
        return one == other
                || one.kind().equals(other.kind())
                        && one.name().equals(other.name())
                        && one.home().equals(other.home())
                        && one.body().equals(other.body());
    }

    private static Optional<Path> follow(Mesh mesh, Optional<Request> request) {
        try {
            return request.map(Trace.of(mesh)::follow);
        } catch (InvalidValue nobody) {
            return Optional.empty();
        }
    }
}
