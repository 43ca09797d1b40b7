package io.meshwright.plan.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Fills in what the API server writes into pods and their templates (kubernetes, pkg/apis/core/v1/defaults.go). */
final class PodDefaults {
    private static final List<String> CONTAINERS = List.of("containers", "initContainers");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private PodDefaults() {}

    static void template(JsonNode template) {
        if (template.path("spec") instanceof ObjectNode pod) {
            pod(pod);
        }
    }

    static void pod(ObjectNode pod) {
        Absent.fill(pod, "restartPolicy", "Always");
        Absent.fill(pod, "dnsPolicy", "ClusterFirst");
        Absent.fill(pod, "schedulerName", "default-scheduler");
        Absent.fill(pod, "terminationGracePeriodSeconds", 30);
        Absent.fill(pod, "enableServiceLinks", true);
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
        container.path("env").forEach(variable -> {
            if (variable.at("/valueFrom/fieldRef") instanceof ObjectNode field) {
                Absent.fill(field, "apiVersion", "v1");
            }
        });
        for (String moment : List.of("postStart", "preStop")) {
            call(container.path("lifecycle").path(moment).path("httpGet"));
        }
        for (String probe : PROBES) {
            if (container.path(probe) instanceof ObjectNode written) {
                probe(written);
            }
        }
        resources(container.path("resources"));
    }

    private static void probe(ObjectNode probe) {
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
            Amounts.tidy(written.path(list));
        }
    }
}
