package io.meshwright.trace.answer;

import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Part;
import io.meshwright.trace.answer.Verdict.Split;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Puts the ends of a fork's branches together into one verdict. */
public final class CombinedVerdict {
    private final List<Part> parts = new ArrayList<>();
    private final List<DeliveryTarget> targets = new ArrayList<>();
    private double delivered;

    private CombinedVerdict() {}

    public static Verdict of(List<PathBranch> branches) {
        CombinedVerdict ends = new CombinedVerdict();
        branches.forEach(branch -> ends.add(branch.part(), branch.path().verdict()));
        return ends.verdict();
    }

    private void add(double part, Verdict verdict) {
        if (verdict instanceof Delivered arrived) {
            delivered += part;
            arrived.targets().forEach(target -> add(target.times(part)));
        } else if (verdict instanceof Split split) {
            split.parts().forEach(inner -> add(part * inner.part(), inner.verdict()));
        } else {
            int same = indexOf(verdict);
            Part whole = same < 0
                    ? new Part(part, verdict)
                    : new Part(parts.remove(same).part() + part, verdict);
            parts.add(whole);
        }
    }

    private int indexOf(Verdict verdict) {
        for (int index = 0; index < parts.size(); index++) {
            if (parts.get(index).verdict().equals(verdict)) {
                return index;
            }
        }
        return -1;
    }

    private void add(DeliveryTarget target) {
        for (int index = 0; index < targets.size(); index++) {
            DeliveryTarget there = targets.get(index);
            if (there.isSameAs(target)) {
                TreeSet<String> pods = new TreeSet<>(there.pods());
                pods.addAll(target.pods());
                targets.set(
                        index,
                        new DeliveryTarget(
                                there.host(),
                                there.subset(),
                                there.port(),
                                there.part() + target.part(),
                                List.copyOf(pods)));
                return;
            }
        }
        targets.add(target);
    }

    private Verdict verdict() {
        if (parts.isEmpty()) {
            return new Delivered(List.copyOf(targets));
        }
        if (targets.isEmpty() && parts.size() == 1) {
            return parts.get(0).verdict();
        }
        List<Part> all = new ArrayList<>();
        if (!targets.isEmpty()) {
            // Inside its part, a verdict speaks of that part as of the whole.
            all.add(new Part(
                    delivered,
                    new Delivered(targets.stream()
                            .map(target -> target.times(1 / delivered))
                            .toList())));
        }
        all.addAll(parts);
        return new Split(List.copyOf(all));
    }
}
