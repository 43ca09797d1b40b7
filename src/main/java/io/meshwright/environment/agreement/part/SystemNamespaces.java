package io.meshwright.environment.agreement.part;

import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioNames;
import java.util.Arrays;

/** Namespaces of Kubernetes, Istio and add-ons, which are no team's. */
public final class SystemNamespaces {
    private static final String KUBERNETES = "kube-";

    private SystemNamespaces() {}

    public static boolean include(Name name) {
        return name.toString().startsWith(KUBERNETES)
                || name.equals(IstioNames.ROOT_NAMESPACE)
                || Arrays.stream(ChartAddOn.values()).map(ChartAddOn::namespace).anyMatch(name::equals);
    }
}
