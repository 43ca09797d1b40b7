package io.meshwright.check.admission.entry;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.KindRules;
import io.meshwright.check.admission.part.LabelRules;
import io.meshwright.check.admission.part.PortRules;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A WorkloadGroup: what its workloads carry, and how they are probed. */
public final class WorkloadGroupRules implements KindRules {
    private static final Pattern HEADER = Pattern.compile("[-A-Za-z0-9]+");

    @Override
    public void examine(Field spec) {
        if (!spec.at("template").isSet()) {
            spec.refuse("it is not said what the workloads are like", "Write template.");
        }
        LabelRules.labels(spec.at("metadata").at("labels"));
        if (spec.at("probe").isSet()) {
            probe(spec.at("probe"));
        }
    }

    private static void probe(Field probe) {
        for (String field : List.of(
                "periodSeconds", "initialDelaySeconds", "timeoutSeconds", "successThreshold", "failureThreshold")) {
            if (probe.at(field).number() < 0) {
                probe.at(field)
                        .refuse("%d is negative".formatted(probe.at(field).number()), "Write 0 or more.");
            }
        }
        if (probe.at("httpGet").isSet()) {
            http(probe.at("httpGet"));
        } else if (probe.at("tcpSocket").isSet()) {
            PortRules.number(probe.at("tcpSocket").at("port"));
        } else if (!probe.at("exec").isSet()) {
            probe.refuse("the probe asks nothing that the webhook knows", "Write httpGet, tcpSocket or exec.");
        } else if (probe.at("exec").at("command").isEmpty()) {
            probe.at("exec").refuse("there is no command", "Write command.");
        }
    }

    private static void http(Field http) {
        PortRules.number(http.at("port"));
        if (!Set.of("", "HTTP", "HTTPS").contains(http.at("scheme").text())) {
            http.at("scheme")
                    .refuse("\"%s\" is no scheme".formatted(http.at("scheme").text()), "Write HTTP or HTTPS.");
        }
        for (Field header : http.at("httpHeaders").items()) {
            if (!HEADER.matcher(header.at("name").text()).matches()) {
                header.at("name")
                        .refuse(
                                "\"%s\" is no name of a header"
                                        .formatted(header.at("name").text()),
                                "Write letters, digits and dashes.");
            }
        }
    }
}
