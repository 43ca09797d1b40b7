package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Fills in what the API server writes into Kubernetes' own kinds, so that a field which somebody writes out is no
 * change (kubernetes, the defaults.go of pkg/apis).
 */
final class KubernetesDefaults {
    private static final Set<Kind> WORKLOADS =
            Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.REPLICA_SET, Kind.JOB, Kind.ROLLOUT);
    private static final Map<Kind, Consumer<ObjectNode>> OTHERS = Map.ofEntries(
            Map.entry(Kind.POD, object -> {
                if (object.path("spec") instanceof ObjectNode pod) {
                    PodDefaults.pod(pod);
                }
            }),
            Map.entry(Kind.CRON_JOB, object -> cronJob(object.path("spec"))),
            Map.entry(Kind.SERVICE, object -> service(object.path("spec"))),
            Map.entry(Kind.NETWORK_POLICY, object -> networkPolicy(object.path("spec"))),
            Map.entry(Kind.SECRET, object -> Absent.fill(object, "type", "Opaque")),
            Map.entry(Kind.PERSISTENT_VOLUME_CLAIM, object -> WorkloadDefaults.claim(object.path("spec"))),
            Map.entry(Kind.PERSISTENT_VOLUME, object -> volume(object.path("spec"))),
            Map.entry(Kind.STORAGE_CLASS, object -> {
                Absent.fill(object, "reclaimPolicy", "Delete");
                Absent.fill(object, "volumeBindingMode", "Immediate");
            }),
            Map.entry(new Kind("storage.k8s.io", "CSIDriver"), object -> driver(object.path("spec"))),
            Map.entry(
                    new Kind("scheduling.k8s.io", "PriorityClass"),
                    object -> Absent.fill(object, "preemptionPolicy", "PreemptLowerPriority")),
            Map.entry(
                    new Kind("autoscaling", "HorizontalPodAutoscaler"),
                    object -> Absent.fill(object.path("spec"), "minReplicas", 1)),
            Map.entry(new Kind("", "ResourceQuota"), object -> Amounts.tidy(object.at("/spec/hard"))),
            Map.entry(
                    new Kind("", "LimitRange"),
                    object -> object.at("/spec/limits").forEach(KubernetesDefaults::limit)),
            Map.entry(
                    new Kind("discovery.k8s.io", "EndpointSlice"),
                    object -> object.path("ports").forEach(port -> Absent.fill(port, "protocol", "TCP"))),
            Map.entry(
                    new Kind("apiregistration.k8s.io", "APIService"),
                    object -> Absent.fill(object.at("/spec/service"), "port", 443)),
            Map.entry(Kind.CUSTOM_RESOURCE_DEFINITION, object -> definition(object.path("spec"))));

    private KubernetesDefaults() {}

    /** Changes the object. */
    static void fill(Kind kind, ObjectNode object) {
        if (WORKLOADS.contains(kind) && object.path("spec") instanceof ObjectNode spec) {
            WorkloadDefaults.fill(kind, spec);
        } else {
            OTHERS.getOrDefault(kind, none -> {}).accept(object);
        }
    }

    private static void cronJob(JsonNode spec) {
        Absent.fill(spec, "concurrencyPolicy", "Allow");
        Absent.fill(spec, "suspend", false);
        Absent.fill(spec, "successfulJobsHistoryLimit", 3);
        Absent.fill(spec, "failedJobsHistoryLimit", 1);
        PodDefaults.template(spec.at("/jobTemplate/spec/template"));
    }

    private static void networkPolicy(JsonNode spec) {
        for (String list : List.of("ingress", "egress")) {
            spec.path(list).forEach(rule -> rule.path("ports").forEach(port -> Absent.fill(port, "protocol", "TCP")));
        }
        if (spec instanceof ObjectNode written && written.path("policyTypes").isEmpty()) {
            var types = written.putArray("policyTypes").add("Ingress");
            if (!written.path("egress").isEmpty()) {
                types.add("Egress");
            }
        }
    }

    private static void volume(JsonNode spec) {
        Absent.fill(spec, "volumeMode", "Filesystem");
        Absent.fill(spec, "persistentVolumeReclaimPolicy", "Retain");
        Amounts.tidy(spec.path("capacity"));
    }

    private static void driver(JsonNode spec) {
        Absent.fill(spec, "attachRequired", true);
        Absent.fill(spec, "fsGroupPolicy", "ReadWriteOnceWithFSType");
        for (String off : List.of("podInfoOnMount", "requiresRepublish", "seLinuxMount", "storageCapacity")) {
            Absent.fill(spec, off, false);
        }
        if (spec instanceof ObjectNode written
                && written.path("volumeLifecycleModes").isEmpty()) {
            written.putArray("volumeLifecycleModes").add("Persistent");
        }
    }

    /** A limit of containers alone is also their request. */
    private static void limit(JsonNode limit) {
        if (limit.path("type").asText("").equals("Container")) {
            Absent.fill(limit, "defaultRequest", limit.path("default"));
        }
        for (String amounts : List.of("default", "defaultRequest", "max", "min", "maxLimitRequestRatio")) {
            Amounts.tidy(limit.path(amounts));
        }
    }

    private static void definition(JsonNode spec) {
        if (spec instanceof ObjectNode written) {
            Absent.fill(written.withObject("/conversion"), "strategy", "None");
            String kind = written.at("/names/kind").asText("");
            Absent.fill(written.path("names"), "singular", kind.toLowerCase(Locale.ROOT));
            Absent.fill(written.path("names"), "listKind", kind.concat("List"));
        }
    }

    private static void service(JsonNode spec) {
        Absent.fill(spec, "type", "ClusterIP");
        Absent.fill(spec, "sessionAffinity", "None");
        Absent.fill(spec, "internalTrafficPolicy", "Cluster");
        spec.path("ports").forEach(port -> {
            Absent.fill(port, "protocol", "TCP");
            Absent.fill(port, "targetPort", port.path("port"));
        });
        String type = spec.path("type").asText();
        if (type.equals("LoadBalancer") || type.equals("NodePort")) {
            Absent.fill(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            Absent.fill(spec, "allocateLoadBalancerNodePorts", true);
        }
    }
}
