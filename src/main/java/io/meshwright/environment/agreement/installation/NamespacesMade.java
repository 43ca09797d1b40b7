package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Parties;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Objects are put into namespaces that this file makes: into any other one Argo CD could not bring them. */
public final class NamespacesMade implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return named(environment).entrySet().stream()
                .filter(entry -> !isMade(environment, entry.getValue()))
                .map(entry -> new InvalidValue(
                        entry.getKey(),
                        "nothing creates the namespace \"%s\"".formatted(entry.getValue()),
                        "add it to namespaces, or use one that stands there"))
                .toList();
    }

    private static Map<KeyPath, Name> named(Environment environment) {
        Map<KeyPath, Name> named = new LinkedHashMap<>();
        environment
                .gatewayEntries()
                .forEach(entry ->
                        named.put(entry.at().key("namespace"), entry.gateway().namespace()));
        Name kiali = environment.observability().kiali().namespace();
        if (kiali != null) {
            named.put(KeyPath.of("observability.kiali.namespace"), kiali);
        }
        environment
                .istio()
                .telemetry()
                .namespaces()
                .forEach((name, telemetry) -> named.put(
                        KeyPath.of("istio.telemetry.namespaces")
                                .key(name.toString())
                                .key("namespace"),
                        telemetry.namespace()));
        return named;
    }

    private static boolean isMade(Environment environment, Name name) {
        return environment.namespaces().containsKey(name)
                || name.equals(Parties.ISTIO_SYSTEM)
                || !environment.observability().parts().areNone()
                        && name.equals(environment.observability().namespace())
                || Arrays.stream(ChartAddOn.values())
                        .filter(addOn -> addOn != ChartAddOn.ARGO_CD
                                || environment.delivery().isByArgoCd())
                        .map(ChartAddOn::namespace)
                        .anyMatch(name::equals)
                || environment.egressGateway() != null && name.equals(Parties.ISTIO_EGRESS);
    }
}
