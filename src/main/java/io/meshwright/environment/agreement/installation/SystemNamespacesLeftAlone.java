package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioNames;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * No namespace of Kubernetes, Istio or an add-on is declared as a team's: it would get policies that deny everything
 * and a Pod Security level, under which what runs there stops.
 */
public final class SystemNamespacesLeftAlone implements Agreement {
    private static final String KUBERNETES = "kube-";

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.namespaces().keySet().stream()
                .filter(SystemNamespacesLeftAlone::isTakenByOthers)
                .filter(name -> !isUsed(name, environment))
                .map(name -> new InvalidValue(
                        KeyPath.of("namespaces").key(name.toString()),
                        "is not a team's: policies that deny everything would cut off what runs there",
                        "put services into a namespace of their own; Meshwright guards the namespaces of its add-ons"
                                + " itself"))
                .toList();
    }

    private static boolean isTakenByOthers(Name name) {
        return name.toString().startsWith(KUBERNETES)
                || name.equals(IstioNames.ROOT_NAMESPACE)
                || Arrays.stream(ChartAddOn.values()).map(ChartAddOn::namespace).anyMatch(name::equals);
    }

    /** Gateways and tools may share such a namespace, and then it has settings. */
    private static boolean isUsed(Name name, Environment environment) {
        var kiali = environment.observability().kiali();
        return Stream.of(
                        environment.gateway().namespace(),
                        environment.observability().namespace(),
                        kiali == null ? null : kiali.namespace())
                .filter(Objects::nonNull)
                .anyMatch(name::equals);
    }
}
