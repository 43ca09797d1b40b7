package io.meshwright.value.telemetry;

import io.meshwright.value.Name;
import io.meshwright.value.Port;
import java.util.Map;

/** A program of monitoring that others run in the cluster: a Service, and the pods behind it. */
public sealed interface InCluster permits PrometheusPart.Existing, LokiPart.Existing, JaegerPart.Existing {
    Name namespace();

    /** Name of the Service. */
    Name service();

    /** Port of the Service. */
    Port port();

    /** Port of the pods, where NetworkPolicies are enforced. */
    Port targetPort();

    /** Labels by which NetworkPolicies know the pods; none: every pod of the namespace. */
    Map<String, String> podLabels();

    /** Host by which every pod of the cluster calls the Service. */
    default String host() {
        return "%s.%s.svc".formatted(service(), namespace());
    }
}
