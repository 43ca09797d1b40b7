package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Optional;

/** Services are called by names that Kubernetes gives to Services, and that mean nothing else. */
public final class ServiceNamesUsable implements Agreement {
    private static final Name GATEWAY = Name.of("gateway");
    private static final Name API_SERVER = Name.of("kubernetes");
    private static final Name DEFAULT = Name.of("default");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> refusal(declared).stream())
                .toList();
    }

    private static Optional<InvalidValue> refusal(DeclaredService declared) {
        Name name = declared.name();
        if (!Character.isLetter(name.toString().charAt(0))) {
            // RFC 1035, which Kubernetes asks of Services and not of other objects.
            return Optional.of(new InvalidValue(
                    declared.at(),
                    "\"%s\" begins with a digit, and the name of a Kubernetes Service does not".formatted(name),
                    "begin it with a letter"));
        }
        if (name.equals(GATEWAY)) {
            return Optional.of(new InvalidValue(
                    declared.at(),
                    "\"%s\" means the cluster's own gateway in allowFrom".formatted(name),
                    "give it another name, such as api-gateway"));
        }
        return name.equals(API_SERVER) && declared.service().namespace().equals(DEFAULT)
                ? Optional.of(new InvalidValue(
                        declared.at(),
                        "\"%s\" in namespace \"%s\" is the cluster's API server".formatted(name, DEFAULT),
                        "give it another name or namespace"))
                : Optional.empty();
    }
}
