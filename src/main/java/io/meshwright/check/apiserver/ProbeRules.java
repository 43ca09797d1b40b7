package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import java.util.List;

/** Probes and lifecycle hooks of a container (core/validation, validateProbe and validateLifecycle). */
final class ProbeRules {
    private ProbeRules() {}

    static void examine(Field container) {
        for (String name : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            Field probe = container.at(name);
            Limits.exactlyOne(probe, "httpGet", "tcpSocket", "exec", "grpc");
            handler(probe);
            Limits.atLeastZero(
                    probe,
                    "initialDelaySeconds",
                    "timeoutSeconds",
                    "periodSeconds",
                    "successThreshold",
                    "failureThreshold");
            if (probe.at("terminationGracePeriodSeconds").isSet()) {
                Limits.atLeast(probe.at("terminationGracePeriodSeconds"), 1);
            }
            if (!name.startsWith("readiness") && probe.at("successThreshold").number() > 1) {
                probe.at("successThreshold").refuse("one success is enough for this probe", "Write 1.");
            }
        }
        for (String name : List.of("postStart", "preStop")) {
            Field hook = container.at("lifecycle").at(name);
            Limits.exactlyOne(hook, "httpGet", "tcpSocket", "exec", "sleep");
            handler(hook);
        }
    }

    private static void handler(Field handler) {
        Limits.portOrName(handler.at("httpGet").at("port"));
        handler.at("httpGet").at("httpHeaders").items().forEach(header -> Form.HEADER.examine(header.at("name")));
        Limits.portOrName(handler.at("tcpSocket").at("port"));
        Limits.port(handler.at("grpc").at("port"));
        Limits.needed(handler.at("exec"), "command", "Write the command.");
    }
}
