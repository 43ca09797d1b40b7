package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.ExternalService;
import io.meshwright.value.workload.WorkloadIdentity;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Tokens of a service's pods are exchanged by their own cloud, which the pods can call. */
public final class IdentitiesExchanged implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(
                        declared -> Optional.ofNullable(declared.service().pod().workloadIdentity()).stream()
                                .flatMap(identity -> refusal(environment, declared, identity).stream()))
                .toList();
    }

    private static Optional<InvalidValue> refusal(
            Environment environment, DeclaredService declared, WorkloadIdentity identity) {
        KeyPath at = declared.at().key("pod").key("workloadIdentity");
        if (!environment.cluster().platform().knows(identity)) {
            return Optional.of(new InvalidValue(
                    at.key("type"),
                    "is another cloud than that of cluster.platform, where nobody exchanges such tokens",
                    "take the identity of this platform, or remove it"));
        }
        boolean guarded = environment.istio().authorization() == Enforcement.ENFORCE;
        boolean called = identity.exchange().isEmpty()
                || declared.service().uses().stream()
                        .map(environment.externals()::get)
                        .filter(Objects::nonNull)
                        .map(ExternalService::hosts)
                        .flatMap(List::stream)
                        .anyMatch(identity::isExchangedAt);
        return !guarded || called
                ? Optional.empty()
                : Optional.of(new InvalidValue(
                        at,
                        "is of no use, because nothing lets the pods call %s, where tokens are exchanged"
                                .formatted(identity.exchange()),
                        "add an external {type: httpsApi, hosts: [%s]}, and name it in uses"
                                .formatted(identity.exchange())));
    }
}
