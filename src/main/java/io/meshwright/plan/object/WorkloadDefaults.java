package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Kind;

/** Fills in what the API server writes into what makes pods (kubernetes, defaults.go of pkg/apis/apps and batch). */
final class WorkloadDefaults {
    private static final String ROLLING = "RollingUpdate";

    private WorkloadDefaults() {}

    static void fill(Kind kind, ObjectNode spec) {
        if (kind.equals(Kind.JOB)) {
            job(spec);
        } else if (!kind.equals(Kind.DAEMON_SET)) {
            Absent.fill(spec, "replicas", 1);
        }
        if (!kind.equals(Kind.JOB) && !kind.equals(Kind.REPLICA_SET)) {
            Absent.fill(spec, "revisionHistoryLimit", 10);
        }
        if (kind.equals(Kind.DEPLOYMENT)) {
            Absent.fill(spec, "progressDeadlineSeconds", 600);
            ObjectNode rolling = rolling(spec, "strategy");
            Absent.fill(rolling, "maxUnavailable", "25%");
            Absent.fill(rolling, "maxSurge", "25%");
        } else if (kind.equals(Kind.DAEMON_SET)) {
            ObjectNode rolling = rolling(spec, "updateStrategy");
            Absent.fill(rolling, "maxUnavailable", 1);
            Absent.fill(rolling, "maxSurge", 0);
        } else if (kind.equals(Kind.STATEFUL_SET)) {
            statefulSet(spec);
        }
        PodDefaults.template(spec.path("template"));
    }

    private static void statefulSet(ObjectNode spec) {
        Absent.fill(spec, "podManagementPolicy", "OrderedReady");
        Absent.fill(rolling(spec, "updateStrategy"), "partition", 0);
        ObjectNode retention = spec.withObject("/persistentVolumeClaimRetentionPolicy");
        Absent.fill(retention, "whenDeleted", "Retain");
        Absent.fill(retention, "whenScaled", "Retain");
        for (JsonNode claim : spec.path("volumeClaimTemplates")) {
            if (claim instanceof ObjectNode written) {
                written.remove("status");
                Absent.fill(written, "apiVersion", "v1");
                Absent.fill(written, "kind", "PersistentVolumeClaim");
                claim(written.path("spec"));
            }
        }
    }

    /** Of a claim, and of a StatefulSet's template of one. */
    static void claim(JsonNode spec) {
        Absent.fill(spec, "volumeMode", "Filesystem");
        Amounts.tidy(spec.at("/resources/requests"));
    }

    /** Of a Job, and of a CronJob's template of one. */
    static void job(JsonNode spec) {
        if (!spec.has("completions") && !spec.has("parallelism")) {
            Absent.fill(spec, "completions", 1);
        }
        Absent.fill(spec, "parallelism", 1);
        Absent.fill(spec, "completionMode", "NonIndexed");
        Absent.fill(spec, "suspend", false);
        Absent.fill(spec, "manualSelector", false);
        Absent.fill(spec, "backoffLimit", spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : 6);
        Absent.fill(spec, "podReplacementPolicy", spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    }

    /** The parameters of a rolling update; of another strategy, a mapping that is nowhere. */
    private static ObjectNode rolling(ObjectNode spec, String field) {
        ObjectNode strategy = spec.path(field) instanceof ObjectNode written ? written : spec.putObject(field);
        Absent.fill(strategy, "type", ROLLING);
        if (!strategy.path("type").asText().equals(ROLLING)) {
            return spec.objectNode();
        }
        return strategy.path("rollingUpdate") instanceof ObjectNode written
                ? written
                : strategy.putObject("rollingUpdate");
    }
}
