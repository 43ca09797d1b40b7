package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Nodes and neighbours that the pods want or avoid, in Kubernetes' own words. */
@Doc("Nodes and neighbours that the pods want or avoid, as Kubernetes writes it.")
public record Affinity(
        @Nullable @Doc("Nodes.") NodeAffinity nodeAffinity,
        @Nullable @Doc("Pods to be near.") PodAffinity podAffinity,
        @Nullable @Doc("Pods to be away from.") PodAffinity podAntiAffinity) {
    public Affinity {
        Require.that(
                nodeAffinity != null || podAffinity != null || podAntiAffinity != null,
                "",
                "wants and avoids nothing",
                "give nodeAffinity, podAffinity or podAntiAffinity, or remove it");
    }

    /** Nodes on which pods must or should run. */
    @Doc("Nodes on which the pods must or should run.")
    public record NodeAffinity(
            @Nullable @Doc("Nodes on which alone they run.")
            NodeSelector requiredDuringSchedulingIgnoredDuringExecution,

            @Defaulted @Doc("Nodes on which they rather run.")
            List<PreferredNodes> preferredDuringSchedulingIgnoredDuringExecution) {
        public NodeAffinity {
            preferredDuringSchedulingIgnoredDuringExecution = preferredDuringSchedulingIgnoredDuringExecution == null
                    ? List.of()
                    : List.copyOf(preferredDuringSchedulingIgnoredDuringExecution);
            somethingIsAsked(
                    requiredDuringSchedulingIgnoredDuringExecution != null,
                    preferredDuringSchedulingIgnoredDuringExecution);
        }
    }

    /** Nodes that meet one of several terms. */
    @Doc("Nodes that meet one of the terms.")
    public record NodeSelector(
            @Required @Doc("One of them must hold.") List<NodeTerm> nodeSelectorTerms) {
        public NodeSelector {
            nodeSelectorTerms = List.copyOf(Require.notEmpty("nodeSelectorTerms", nodeSelectorTerms));
        }
    }

    /** Labels of a node, all of which must fit. */
    @Doc("Labels of a node, all of which must fit.")
    public record NodeTerm(
            @Required @Doc("All of them must hold.") List<NodeRequirement> matchExpressions) {
        public NodeTerm {
            matchExpressions = List.copyOf(Require.notEmpty("matchExpressions", matchExpressions));
        }
    }

    /** Nodes that are better than others. */
    @Doc("Nodes that are better than others.")
    public record PreferredNodes(
            @Required @Doc("How much better, 1 to 100.") Integer weight,
            @Required @Doc("Which nodes.") NodeTerm preference) {
        public PreferredNodes {
            Require.inRange("weight", Require.present("weight", weight), 1, 100);
            Require.present("preference", preference);
        }
    }

    /** One label of a node, compared. */
    @Doc("One label of a node, compared.")
    @Sample("{key: topology.kubernetes.io/zone, operator: In, values: [a]}")
    public record NodeRequirement(
            @Required @Doc("Key of the label.") String key,

            @Required @Doc("In, NotIn, Exists, DoesNotExist, Gt or Lt.")
            Operator operator,

            @Defaulted @Doc("Values; one whole number for Gt and Lt.")
            List<String> values) {
        public NodeRequirement {
            LabelSyntax.key("key", Require.present("key", key));
            values = compared(operator, values);
            boolean order = operator == Operator.GT || operator == Operator.LT;
            Require.that(
                    !order || values.size() == 1 && values.get(0).matches("-?\\d{1,18}"),
                    "values",
                    "%s are compared by order".formatted(values),
                    "give one whole number in quotes");
        }
    }

    /** Pods near which, or away from which, pods must or should run. */
    @Doc("Pods near which, or away from which, the pods must or should run.")
    public record PodAffinity(
            @Defaulted @Doc("Held to, or the pods do not run.")
            List<PodTerm> requiredDuringSchedulingIgnoredDuringExecution,

            @Defaulted @Doc("Held to where it can be.")
            List<PreferredPods> preferredDuringSchedulingIgnoredDuringExecution) {
        public PodAffinity {
            requiredDuringSchedulingIgnoredDuringExecution = requiredDuringSchedulingIgnoredDuringExecution == null
                    ? List.of()
                    : List.copyOf(requiredDuringSchedulingIgnoredDuringExecution);
            preferredDuringSchedulingIgnoredDuringExecution = preferredDuringSchedulingIgnoredDuringExecution == null
                    ? List.of()
                    : List.copyOf(preferredDuringSchedulingIgnoredDuringExecution);
            somethingIsAsked(
                    !requiredDuringSchedulingIgnoredDuringExecution.isEmpty(),
                    preferredDuringSchedulingIgnoredDuringExecution);
        }
    }

    /** Pods on one node, in one zone, or wherever the topology key says. */
    @Doc("Pods of one node, zone, or whatever the topology key names.")
    public record PodTerm(
            @Required @Doc("Which pods of the namespace.") LabelSelector labelSelector,

            @Required
            @Doc("Label of nodes that says what near means: kubernetes.io/hostname, topology.kubernetes.io/zone.")
            String topologyKey) {
        public PodTerm {
            Require.present("labelSelector", labelSelector);
            LabelSyntax.key("topologyKey", Require.present("topologyKey", topologyKey));
        }
    }

    /** Pods that matter more than others. */
    @Doc("Pods that matter more than others.")
    public record PreferredPods(
            @Required @Doc("How much more, 1 to 100.") Integer weight,
            @Required @Doc("Which pods, and how near.") PodTerm podAffinityTerm) {
        public PreferredPods {
            Require.inRange("weight", Require.present("weight", weight), 1, 100);
            Require.present("podAffinityTerm", podAffinityTerm);
        }
    }

    /** Pods by their labels. */
    @Doc("Pods by their labels.")
    public record LabelSelector(
            @Required @Doc("Labels that they carry.") Map<String, String> matchLabels) {
        public LabelSelector {
            matchLabels = new TreeMap<>(Require.notEmpty("matchLabels", matchLabels));
            LabelSyntax.labels("matchLabels", matchLabels);
        }
    }

    /** The most by which the numbers of the service's pods differ in two parts of the cluster. */
    @Doc("How evenly the service's pods are spread over parts of the cluster.")
    @Sample("{topologyKey: topology.kubernetes.io/zone, whenUnsatisfiable: DoNotSchedule}")
    public record Spread(
            @Required
            @Doc("Label of nodes that parts them: kubernetes.io/hostname, topology.kubernetes.io/zone.")
            @Sample("topology.kubernetes.io/zone")
            String topologyKey,

            @Defaulted @Doc("Pods by which two parts may differ, 1 to 1000; default 1.")
            Integer maxSkew,

            @Required @Doc("DoNotSchedule: a pod waits; ScheduleAnyway: it runs where there is room.")
            Unsatisfiable whenUnsatisfiable,

            @Nullable @Doc("Parts that there must be, 1 to 1000, with DoNotSchedule; default: as many as there are.")
            Integer minDomains) {
        public Spread {
            LabelSyntax.key("topologyKey", Require.present("topologyKey", topologyKey));
            maxSkew = maxSkew == null ? 1 : Require.inRange("maxSkew", maxSkew, 1, 1000);
            Require.present("whenUnsatisfiable", whenUnsatisfiable);
            if (minDomains != null) {
                Require.inRange("minDomains", minDomains, 1, 1000);
                Require.that(
                        whenUnsatisfiable == Unsatisfiable.DO_NOT_SCHEDULE,
                        "minDomains",
                        "counts only with DoNotSchedule",
                        "remove it, or write whenUnsatisfiable: DoNotSchedule");
            }
        }
    }

    /** The fate of a pod that would be too many in each part. */
    public enum Unsatisfiable {
        @Word("DoNotSchedule")
        DO_NOT_SCHEDULE,
        @Word("ScheduleAnyway")
        SCHEDULE_ANYWAY
    }

    /** The comparison of a label. */
    public enum Operator {
        @Word("In")
        IN,
        @Word("NotIn")
        NOT_IN,
        @Word("Exists")
        EXISTS,
        @Word("DoesNotExist")
        DOES_NOT_EXIST,
        @Word("Gt")
        GT,
        @Word("Lt")
        LT
    }

    private static void somethingIsAsked(boolean required, List<?> preferred) {
        Require.that(
                required || !preferred.isEmpty(),
                "",
                "asks for nothing",
                "give requiredDuringSchedulingIgnoredDuringExecution or preferredDuringSchedulingIgnoredDuringExecution");
    }

    private static List<String> compared(@Nullable Operator operator, @Nullable List<String> values) {
        Operator by = Require.present("operator", operator);
        List<String> given = values == null ? List.of() : List.copyOf(values);
        boolean none = by == Operator.EXISTS || by == Operator.DOES_NOT_EXIST;
        Require.that(
                none == given.isEmpty(),
                "values",
                none ? "%s are given, and nothing is compared".formatted(given) : "are missing",
                none ? "remove them" : "give at least one");
        return given;
    }
}
