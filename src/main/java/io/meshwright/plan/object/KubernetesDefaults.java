package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.check.text.Amount;
import io.meshwright.manifest.Kind;
import java.util.List;
import java.util.Set;

/**
 * Fills in what the API server writes into Kubernetes' own kinds, so that a field which somebody writes out is no
 * change (kubernetes, pkg/apis, the defaults.go of core, apps, batch and networking).
 */
final class KubernetesDefaults {
    private static final Set<Kind> WORKLOADS =
            Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.REPLICA_SET, Kind.JOB, Kind.ROLLOUT);
    private static final List<String> CONTAINERS = List.of("containers", "initContainers");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private KubernetesDefaults() {}

    /** Changes the object. */
    static void fill(Kind kind, ObjectNode object) {
        if (!(object.get("spec") instanceof ObjectNode spec)) {
            return;
        }
        if (kind.equals(Kind.POD)) {
            pod(spec);
        } else if (kind.equals(Kind.CRON_JOB)) {
            absent(spec, "concurrencyPolicy", "Allow");
            absent(spec, "suspend", false);
            template(spec.at("/jobTemplate/spec/template"));
        } else if (WORKLOADS.contains(kind)) {
            workload(kind, spec);
        } else if (kind.equals(Kind.SERVICE)) {
            service(spec);
        } else if (kind.equals(Kind.NETWORK_POLICY)) {
            for (String list : List.of("ingress", "egress")) {
                spec.path(list).forEach(rule -> rule.path("ports").forEach(port -> absent(port, "protocol", "TCP")));
            }
        }
    }

    private static void workload(Kind kind, ObjectNode spec) {
        if (!kind.equals(Kind.DAEMON_SET) && !kind.equals(Kind.JOB)) {
            absent(spec, "replicas", 1);
        }
        if (!kind.equals(Kind.JOB) && !kind.equals(Kind.REPLICA_SET)) {
            absent(spec, "revisionHistoryLimit", 10);
        }
        if (kind.equals(Kind.DEPLOYMENT)) {
            absent(spec, "progressDeadlineSeconds", 600);
            absent(spec.withObject("/strategy"), "type", "RollingUpdate");
        } else if (kind.equals(Kind.STATEFUL_SET)) {
            absent(spec, "podManagementPolicy", "OrderedReady");
            absent(spec.withObject("/updateStrategy"), "type", "RollingUpdate");
        } else if (kind.equals(Kind.DAEMON_SET)) {
            absent(spec.withObject("/updateStrategy"), "type", "RollingUpdate");
        }
        template(spec.path("template"));
    }

    private static void template(JsonNode template) {
        if (template.path("spec") instanceof ObjectNode pod) {
            pod(pod);
        }
    }

    private static void pod(ObjectNode pod) {
        absent(pod, "restartPolicy", "Always");
        absent(pod, "dnsPolicy", "ClusterFirst");
        absent(pod, "schedulerName", "default-scheduler");
        absent(pod, "terminationGracePeriodSeconds", 30);
        absent(pod, "enableServiceLinks", true);
        for (String list : CONTAINERS) {
            pod.path(list).forEach(container -> {
                if (container instanceof ObjectNode written) {
                    container(written);
                }
            });
        }
        pod.path("volumes").forEach(volume -> {
            for (String source : List.of("configMap", "secret", "projected", "downwardAPI")) {
                if (volume.path(source) instanceof ObjectNode written) {
                    absent(written, "defaultMode", 420);
                }
            }
        });
    }

    private static void container(ObjectNode container) {
        String image = container.path("image").asText("");
        String last = image.substring(image.lastIndexOf('/') + 1);
        boolean latest = !image.contains("@") && (!last.contains(":") || last.endsWith(":latest"));
        absent(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        absent(container, "terminationMessagePath", "/dev/termination-log");
        absent(container, "terminationMessagePolicy", "File");
        container.path("ports").forEach(port -> absent(port, "protocol", "TCP"));
        container.path("env").forEach(variable -> {
            if (variable.at("/valueFrom/fieldRef") instanceof ObjectNode field) {
                absent(field, "apiVersion", "v1");
            }
        });
        for (String probe : PROBES) {
            if (container.path(probe) instanceof ObjectNode written) {
                probe(written);
            }
        }
        resources(container.path("resources"));
    }

    private static void probe(ObjectNode probe) {
        absent(probe, "timeoutSeconds", 1);
        absent(probe, "periodSeconds", 10);
        absent(probe, "successThreshold", 1);
        absent(probe, "failureThreshold", 3);
        if (probe.path("httpGet") instanceof ObjectNode call) {
            absent(call, "scheme", "HTTP");
            absent(call, "path", "/");
        }
    }

    /** One amount is one text; a limit alone is also the request. */
    private static void resources(JsonNode resources) {
        if (!(resources instanceof ObjectNode written)) {
            return;
        }
        if (written.path("limits") instanceof ObjectNode limits) {
            ObjectNode requests = written.withObject("/requests");
            limits.properties().forEach(limit -> {
                if (!requests.has(limit.getKey())) {
                    requests.set(limit.getKey(), limit.getValue());
                }
            });
        }
        for (String list : List.of("limits", "requests")) {
            if (written.path(list) instanceof ObjectNode amounts) {
                amounts.properties()
                        .forEach(entry -> Amount.of(entry.getValue())
                                .ifPresent(amount -> amounts.put(
                                        entry.getKey(),
                                        amount.value().stripTrailingZeros().toPlainString())));
            }
        }
    }

    private static void service(ObjectNode spec) {
        absent(spec, "type", "ClusterIP");
        absent(spec, "sessionAffinity", "None");
        absent(spec, "internalTrafficPolicy", "Cluster");
        spec.path("ports").forEach(port -> {
            absent(port, "protocol", "TCP");
            if (port instanceof ObjectNode written && !written.has("targetPort") && written.has("port")) {
                written.set("targetPort", written.get("port"));
            }
        });
        String type = spec.path("type").asText();
        if (type.equals("LoadBalancer") || type.equals("NodePort")) {
            absent(spec, "externalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            absent(spec, "allocateLoadBalancerNodePorts", true);
        }
    }

    private static void absent(JsonNode object, String field, String value) {
        if (object instanceof ObjectNode written && !written.has(field)) {
            written.put(field, value);
        }
    }

    private static void absent(JsonNode object, String field, int value) {
        if (object instanceof ObjectNode written && !written.has(field)) {
            written.put(field, value);
        }
    }

    private static void absent(JsonNode object, String field, boolean value) {
        if (object instanceof ObjectNode written && !written.has(field)) {
            written.put(field, value);
        }
    }
}
