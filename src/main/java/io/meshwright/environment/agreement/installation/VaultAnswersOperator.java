package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.SecretStore.Vault;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A Vault that is one of the file's services is called by External Secrets, whose pods have no sidecar and no identity
 * in the mesh: nobody lets them in there.
 */
public final class VaultAnswersOperator implements Agreement {
    private static final KeyPath SERVER = KeyPath.of("secrets").key("store").key("server");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.secrets().store() instanceof Vault vault
                ? vault.place().stream()
                        .flatMap(place -> refusal(environment, vault, place).stream())
                        .toList()
                : List.of();
    }

    private static Optional<InvalidValue> refusal(Environment environment, Vault vault, Vault.Place place) {
        Service service = environment.services().get(place.name());
        if (service == null || !service.namespace().equals(place.namespace())) {
            return Optional.empty();
        }
        if (environment.isInMesh(service)) {
            return Optional.of(new InvalidValue(
                    SERVER,
                    "service \"%s\" is in the mesh, which External Secrets is not".formatted(place.name()),
                    "say mesh: false of the service; Vault ends TLS itself"));
        }
        boolean listens = service.ports().stream()
                .anyMatch(port -> port.port().equals(vault.server().port()));
        return listens
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        SERVER,
                        "service \"%s\" has no port %s"
                                .formatted(place.name(), vault.server().port()),
                        "take one of %s"
                                .formatted(service.ports().stream()
                                        .map(port -> port.port().toString())
                                        .collect(Collectors.joining(", ")))));
    }
}
