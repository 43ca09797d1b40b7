package io.meshwright.plan;

import io.meshwright.check.Findings;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.plan.change.Risk;
import io.meshwright.plan.change.Section;
import io.meshwright.plan.delivery.DeliveryChanges;
import io.meshwright.plan.object.ObjectChange;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.request.RequestChanges;
import io.meshwright.plan.security.SecurityChanges;
import io.meshwright.plan.side.Side;
import io.meshwright.plan.side.Sides;
import io.meshwright.trace.request.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The effects of a change on one mesh.
 *
 * @param environment its folder in dist; empty for manifests that are none's
 * @param objects that both sides do not say alike, by their identity
 * @param requests how they end, with those that end alike counted
 * @param changes everything that is told of with a risk, the worst first within a section
 * @param asBefore what the checks find on both sides
 * @param sides what was compared, where both sides have the mesh
 */
public record Plan(
        String environment,
        List<ObjectChange> objects,
        RequestChanges requests,
        List<Change> changes,
        Findings asBefore,
        Optional<Sides> sides) {
    private static final Comparator<Change> ORDER =
            Comparator.comparing((Change change) -> change.rule().section()).thenComparing(Comparator.naturalOrder());

    public Plan {
        objects = List.copyOf(objects);
        changes = changes.stream().sorted(ORDER).toList();
    }

    /**
     * Compares two sides of one mesh.
     *
     * @param always requests that are asked whatever changes, such as those of request tables
     */
    public static Plan between(String environment, Side before, Side after, List<Request> always) {
        ObjectChanges objects = ObjectChanges.between(before, after);
        FindingChanges findings = new FindingChanges(before, after, objects);
        if (objects.isEmpty()) {
            return new Plan(
                    environment,
                    objects.all(),
                    RequestChanges.none(),
                    findings.changes(),
                    findings.asBefore(),
                    Optional.of(new Sides(before, after)));
        }
        RequestChanges requests = RequestChanges.between(before, after, objects, always);
        List<Change> changes = new ArrayList<>();
        // Who may call whom is about security, whoever found it.
        changes.addAll(requests.changes());
        changes.addAll(SecurityChanges.between(before, after, objects));
        changes.addAll(DeliveryChanges.between(before, after, objects));
        changes.addAll(findings.changes());
        return new Plan(
                environment,
                objects.all(),
                requests,
                changes,
                findings.asBefore(),
                Optional.of(new Sides(before, after)));
    }

    /**
     * Compares the meshes of both sides, each by its name; one that only one side has is new, or gone.
     *
     * @param always requests that are asked whatever changes
     */
    public static List<Plan> all(SortedMap<String, Side> base, SortedMap<String, Side> head, List<Request> always) {
        SortedSet<String> names = new TreeSet<>(base.keySet());
        names.addAll(head.keySet());
        List<Plan> plans = new ArrayList<>();
        for (String name : names) {
            Side before = base.get(name);
            Side after = head.get(name);
            if (before == null && after != null) {
                plans.add(added(name, after));
            } else if (after == null && before != null) {
                plans.add(removed(name, before));
            } else if (before != null && after != null) {
                plans.add(between(name, before, after, always));
            }
        }
        return plans;
    }

    /** Of an environment that only the second side has. */
    public static Plan added(String environment, Side after) {
        return one(environment, ChangeRule.ENVIRONMENT_ADDED, "is new, with %s", after);
    }

    /** Of an environment that only the first side has. */
    public static Plan removed(String environment, Side before) {
        return one(environment, ChangeRule.ENVIRONMENT_REMOVED, "is gone, with %s", before);
    }

    private static Plan one(String environment, ChangeRule rule, String sentence, Side side) {
        int objects = side.manifests().all().size();
        return new Plan(
                environment,
                List.of(),
                RequestChanges.none(),
                List.of(rule.of(
                        "environment %s".formatted(environment),
                        sentence.formatted(objects == 1 ? "1 object" : "%d objects".formatted(objects)))),
                new Findings(List.of()),
                Optional.empty());
    }

    public Risk risk() {
        return Risk.highest(changes.stream().map(Change::risk).toList());
    }

    public List<Change> of(Section section) {
        return changes.stream()
                .filter(change -> change.rule().section() == section)
                .toList();
    }

    /** Tells whether a cluster and its checks notice nothing; objects may lie in other files. */
    public boolean isEmpty() {
        return changes.isEmpty() && objects.stream().allMatch(ObjectChange.Moved.class::isInstance);
    }
}
