package io.meshwright.plan.request;

import io.meshwright.manifest.Manifest;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Part;
import io.meshwright.trace.answer.Verdict.Split;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The end of a request on one side, in a form in which two sides can be compared: without places in files. */
record Answer(Path path, String end, double arriving) {
    private static final Set<Integer> REFUSALS = Set.of(401, 403);
    private static final String RBAC = "RBAC";
    private static final String UNSEEN = "the services of namespace ";

    /** Of a request whose sender one side does not have. */
    static final Answer NOBODY_ASKS = new Answer(
            new Path(List.of(), List.of(), List.of(), new Closed("", "nobody sends it")), "nobody sends it", 0);

    /**
     * Both sides are given as a whole: a service that one of them lacks is not there, whatever lies in its namespace.
     */
    static Answer of(Path path) {
        Verdict verdict = settled(path.verdict());
        Path settled =
                verdict == path.verdict() ? path : new Path(path.hops(), path.handlings(), path.branches(), verdict);
        return new Answer(settled, end(verdict), arriving(verdict));
    }

    private static Verdict settled(Verdict verdict) {
        if (verdict instanceof Split split) {
            List<Part> parts = split.parts().stream()
                    .map(part -> new Part(part.part(), settled(part.verdict())))
                    .toList();
            return parts.equals(split.parts()) ? split : new Split(parts);
        }
        return verdict instanceof Unknown unknown && unknown.why().startsWith(UNSEEN)
                ? unknown.otherwise().orElse(verdict)
                : verdict;
    }

    private static String end(Verdict verdict) {
        if (verdict instanceof Answered answered) {
            return "answered %d%s"
                    .formatted(answered.status(), answered.flag().isEmpty() ? "" : " ".concat(answered.flag()));
        } else if (verdict instanceof Closed closed) {
            return closed.flag().isEmpty() ? "no answer" : "no answer (%s)".formatted(closed.flag());
        } else if (verdict instanceof Delivered delivered) {
            return delivered.targets().stream().map(Answer::target).sorted().collect(Collectors.joining(", "));
        } else if (verdict instanceof Split split && arriving(split) == 0 && !isUnknown(split)) {
            // Nobody minds which part of the requests fails in which way.
            return split.parts().stream()
                    .map(part -> end(part.verdict()))
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(" or "));
        } else if (verdict instanceof Split split) {
            return split.parts().stream()
                    .map(part -> "%s (%s)".formatted(end(part.verdict()), DeliveryTarget.percent(part.part())))
                    .sorted()
                    .collect(Collectors.joining(", "));
        } else if (verdict instanceof Unknown unknown) {
            return "unknown%s"
                    .formatted(unknown.otherwise()
                            .map(other -> ", otherwise %s".formatted(end(other)))
                            .orElse(""));
        }
        throw new IllegalStateException("a verdict of another sort: %s".formatted(verdict));
    }

    private static String target(DeliveryTarget target) {
        return target.part() == 1
                ? target.name()
                : "%s (%s)".formatted(target.name(), DeliveryTarget.percent(target.part()));
    }

    private static double arriving(Verdict verdict) {
        if (verdict instanceof Delivered delivered) {
            return delivered.targets().stream()
                    .mapToDouble(DeliveryTarget::part)
                    .sum();
        } else if (verdict instanceof Split split) {
            return split.parts().stream()
                    .mapToDouble(part -> part.part() * arriving(part.verdict()))
                    .sum();
        }
        return 0;
    }

    /** Returns whom the requests reach, as hosts and pods without their parts. */
    Set<String> reached() {
        Set<String> reached = new TreeSet<>();
        reached(path.verdict(), reached);
        return reached;
    }

    private static void reached(Verdict verdict, Set<String> reached) {
        if (verdict instanceof Delivered delivered) {
            delivered.targets().forEach(target -> reached.add("%s %s".formatted(target.name(), target.pods())));
        } else if (verdict instanceof Split split) {
            split.parts().forEach(part -> reached(part.verdict(), reached));
        }
    }

    boolean isUnknown() {
        return isUnknown(path.verdict());
    }

    private static boolean isUnknown(Verdict verdict) {
        return verdict instanceof Unknown
                || verdict instanceof Split split && split.parts().stream().anyMatch(part -> isUnknown(part.verdict()));
    }

    /** Why its end is not known, without how it ends if that does not interfere. */
    Set<String> doubts() {
        Set<String> doubts = new TreeSet<>();
        doubts(path.verdict(), doubts);
        return doubts;
    }

    private static void doubts(Verdict verdict, Set<String> doubts) {
        if (verdict instanceof Unknown unknown) {
            doubts.add(unknown.why());
        } else if (verdict instanceof Split split) {
            split.parts().forEach(part -> doubts(part.verdict(), doubts));
        }
    }

    /** Tells whether a policy says no: authorization or authentication, at a proxy or in a firewall. */
    boolean isRefused() {
        return isRefused(path.verdict());
    }

    private static boolean isRefused(Verdict verdict) {
        if (verdict instanceof Answered answered) {
            return answered.flag().equals(RBAC) || REFUSALS.contains(answered.status());
        } else if (verdict instanceof Closed closed) {
            return closed.flag().equals(RBAC) || closed.why().contains("Policy");
        }
        return verdict instanceof Split split && split.parts().stream().anyMatch(part -> isRefused(part.verdict()));
    }

    /** The reason that trace gives, with its places. */
    String why() {
        return path.verdict().summary();
    }

    /** Each thing that the proxies' routes do besides sending on, of which equal ones count as one. */
    <T> List<T> each(Function<Handling, T> feature) {
        return path.handlings().stream().map(feature).toList();
    }

    /** The objects that decided anything on the way. */
    Stream<Manifest> deciding() {
        return path.deciding();
    }
}
