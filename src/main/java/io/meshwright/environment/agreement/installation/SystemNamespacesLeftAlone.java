package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.environment.agreement.part.SystemNamespaces;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.istio.IstioNames;
import java.util.List;
import java.util.stream.Stream;

/**
 * No namespace of Kubernetes, Istio or an add-on is declared as a team's: it would get policies that deny everything
 * and a Pod Security level, under which what runs there stops.
 */
public final class SystemNamespacesLeftAlone implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return Stream.concat(keys(environment), services(environment)).toList();
    }

    private static Stream<InvalidValue> keys(Environment environment) {
        return environment.namespaces().keySet().stream()
                .filter(SystemNamespaces::include)
                .filter(name -> !name.equals(IstioNames.ROOT_NAMESPACE) || !isUsed(environment))
                .map(name -> new InvalidValue(
                        KeyPath.of("namespaces").key(name.toString()),
                        "is not a team's: policies that deny everything would cut off what runs there",
                        "put services into a namespace of their own; Meshwright guards the namespaces of its add-ons"
                                + " itself"));
    }

    private static Stream<InvalidValue> services(Environment environment) {
        return DeclaredService.of(environment)
                .filter(declared -> SystemNamespaces.include(declared.service().namespace()))
                .map(declared -> new InvalidValue(
                        declared.at().key("namespace"),
                        "\"%s\" is not a team's: policies of the service would act on what runs there"
                                .formatted(declared.service().namespace()),
                        "put it into a namespace of its own, and add that to namespaces"));
    }

    /** The gateway and tools may be in Istio's own namespace, to which no policy of a team's namespace is given. */
    private static boolean isUsed(Environment environment) {
        return Stream.concat(
                        environment.gatewayEntries().stream()
                                .map(entry -> entry.gateway().namespace()),
                        Stream.of(
                                environment.observability().namespace(),
                                environment.observability().kiali().namespace()))
                .anyMatch(IstioNames.ROOT_NAMESPACE::equals);
    }
}
