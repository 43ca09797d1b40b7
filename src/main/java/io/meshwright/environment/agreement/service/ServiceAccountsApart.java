package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import java.util.List;
import java.util.Optional;

/** A service account that a service names is no other one's: whoever lets in one would let in both. */
public final class ServiceAccountsApart implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .filter(declared -> declared.service().pod().serviceAccountName() != null)
                .flatMap(declared -> other(environment, declared).stream()
                        .map(other -> new InvalidValue(
                                declared.at().key("pod").key("serviceAccountName"),
                                "\"%s\" is that of \"%s\" too, and whoever lets in one would let in both"
                                        .formatted(account(declared), other),
                                "give it a name of its own")))
                .toList();
    }

    private static Optional<Name> other(Environment environment, DeclaredService declared) {
        return DeclaredService.of(environment)
                .filter(other -> !other.name().equals(declared.name())
                        && other.service().namespace().equals(declared.service().namespace())
                        && account(other).equals(account(declared)))
                .map(DeclaredService::name)
                .findFirst();
    }

    private static Name account(DeclaredService declared) {
        return declared.service().serviceAccount(declared.name());
    }
}
