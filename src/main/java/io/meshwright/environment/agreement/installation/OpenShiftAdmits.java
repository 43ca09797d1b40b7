package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Observability;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioNames;
import java.util.ArrayList;
import java.util.List;

/** Parts that cannot run on OpenShift are not declared there: those of the nodes, and those in its own namespaces. */
public final class OpenShiftAdmits implements Agreement {
    private static final KeyPath MONITORING = KeyPath.of("observability");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        if (environment.cluster().distribution().isOpenShift()) {
            environment.namespaces().keySet().stream()
                    .filter(OpenShiftAdmits::isOpenShifts)
                    .map(OpenShiftAdmits::reserved)
                    .forEach(refusals::add);
            monitoring(environment.observability(), refusals);
        }
        return refusals;
    }

    private static boolean isOpenShifts(Name namespace) {
        return namespace.toString().equals("openshift") || namespace.toString().startsWith("openshift-");
    }

    private static InvalidValue reserved(Name namespace) {
        return new InvalidValue(
                KeyPath.of("namespaces").key(namespace.toString()),
                "is OpenShift's own: policies that deny everything would cut off what runs there",
                "put services into a namespace of their own");
    }

    private static void monitoring(Observability observability, List<InvalidValue> refusals) {
        if (observability.parts().runsPrometheus()) {
            refusals.add(new InvalidValue(
                    MONITORING.key("prometheus"),
                    "is missing, and the node-exporter beside a Prometheus of ours would need the port that OpenShift's"
                            + " has on each node",
                    "name one that is there with type: existing, or write type: none"));
        }
        if (observability.parts().readsLogs()) {
            refusals.add(new InvalidValue(
                    MONITORING.key("loki"),
                    "is missing or asks for our agent, and SELinux keeps that from the log files of OpenShift's nodes",
                    "name a Loki with agent: false, or write type: none"));
        }
        if (observability.parts().runsKiali()
                && IstioNames.ROOT_NAMESPACE.equals(observability.kiali().namespace())) {
            refusals.add(new InvalidValue(
                    MONITORING.key("kiali").key("namespace"),
                    "\"%s\" has no way to OpenShift's DNS for it".formatted(IstioNames.ROOT_NAMESPACE),
                    "remove it, so that Kiali runs beside the other tools"));
        }
    }
}
