package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Fills in what the API server writes into pods and their templates (kubernetes, pkg/apis/core/v1/defaults.go). */
final class PodDefaults {
    private static final List<String> CONTAINERS = List.of("containers", "initContainers");
    /** Fields that are false where nobody writes them, and not unset. */
    private static final List<String> OFF_IN_PODS = List.of("hostNetwork", "hostPID", "hostIPC");

    private static final List<String> OFF_IN_CONTAINERS = List.of("stdin", "stdinOnce", "tty");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private PodDefaults() {}

    /** Of what makes pods; the API server fills in less there than in a pod itself. */
    static void template(JsonNode template) {
        if (template.path("spec") instanceof ObjectNode pod) {
            spec(pod);
        }
    }

    static void pod(ObjectNode pod) {
        for (String list : CONTAINERS) {
            pod.path(list).forEach(container -> requests(container.path("resources")));
        }
        spec(pod);
    }

    private static void spec(ObjectNode pod) {
        Absent.fill(pod, "restartPolicy", "Always");
        Absent.fill(pod, "dnsPolicy", "ClusterFirst");
        Absent.fill(pod, "schedulerName", "default-scheduler");
        Absent.fill(pod, "terminationGracePeriodSeconds", 30);
        Absent.fill(pod, "enableServiceLinks", true);
        Absent.fill(pod, "securityContext", pod.objectNode());
        OFF_IN_PODS.forEach(field -> Absent.fill(pod, field, false));
        tidy(pod);
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
                    Absent.fill(written, "defaultMode", 420);
                }
            }
            Absent.fill(volume.path("hostPath"), "type", "");
            Absent.fill(volume.path("emptyDir"), "medium", "");
            volume.at("/projected/sources")
                    .forEach(source -> Absent.fill(source.path("serviceAccountToken"), "expirationSeconds", 3600));
        });
    }

    private static void container(ObjectNode container) {
        String image = container.path("image").asText("");
        String last = image.substring(image.lastIndexOf('/') + 1);
        boolean latest = !image.contains("@") && (!last.contains(":") || last.endsWith(":latest"));
        Absent.fill(container, "imagePullPolicy", latest ? "Always" : "IfNotPresent");
        Absent.fill(container, "terminationMessagePath", "/dev/termination-log");
        Absent.fill(container, "terminationMessagePolicy", "File");
        container.path("ports").forEach(port -> Absent.fill(port, "protocol", "TCP"));
        OFF_IN_CONTAINERS.forEach(field -> Absent.fill(container, field, false));
        container.path("volumeMounts").forEach(mount -> Absent.fill(mount, "readOnly", false));
        container.path("env").forEach(PodDefaults::variable);
        tidy(container);
        for (String moment : List.of("postStart", "preStop")) {
            call(container.path("lifecycle").path(moment).path("httpGet"));
        }
        for (String probe : PROBES) {
            if (container.path(probe) instanceof ObjectNode written) {
                probe(written);
            }
        }
        for (String list : List.of("limits", "requests")) {
            Amounts.tidy(container.path("resources").path(list));
        }
    }

    private static void variable(JsonNode variable) {
        Absent.fill(variable.at("/valueFrom/fieldRef"), "apiVersion", "v1");
        if (!variable.has("valueFrom")) {
            Absent.fill(variable, "value", "");
        }
    }

    /** An empty list is none, and so is a selector without a label. */
    private static void tidy(ObjectNode object) {
        object.properties()
                .removeIf(field -> field.getValue().isEmpty()
                        && (field.getValue().isArray() || field.getKey().equals("nodeSelector")));
    }

    private static void probe(ObjectNode probe) {
        Absent.fill(probe, "initialDelaySeconds", 0);
        Absent.fill(probe, "timeoutSeconds", 1);
        Absent.fill(probe, "periodSeconds", 10);
        Absent.fill(probe, "successThreshold", 1);
        Absent.fill(probe, "failureThreshold", 3);
        Absent.fill(probe.path("grpc"), "service", "");
        call(probe.path("httpGet"));
    }

    private static void call(JsonNode call) {
        Absent.fill(call, "scheme", "HTTP");
        Absent.fill(call, "path", "/");
    }

    /** A limit alone is also the request. */
    private static void requests(JsonNode resources) {
        if (resources instanceof ObjectNode written && written.path("limits") instanceof ObjectNode limits) {
            ObjectNode requests = written.withObject("/requests");
            limits.properties().forEach(limit -> Absent.fill(requests, limit.getKey(), limit.getValue()));
        }
    }
}
