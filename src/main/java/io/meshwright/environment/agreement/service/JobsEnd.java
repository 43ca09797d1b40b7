package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Optional;

/** A Job ends although a proxy or another container runs beside it: both are native sidecars, or there is none. */
public final class JobsEnd implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return environment.hasNativeSidecars()
                ? List.of()
                : DeclaredService.of(environment)
                        .flatMap(declared -> refusal(environment, declared).stream())
                        .toList();
    }

    private static Optional<InvalidValue> refusal(Environment environment, DeclaredService declared) {
        boolean ends = declared.service().workload() != null
                && declared.service().workload().ends();
        boolean proxied = environment.isInMesh(declared.service());
        if (!ends || !proxied && declared.service().pod().sidecars().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new InvalidValue(
                declared.at().key("workload"),
                "never ends, because what runs beside it does not, with Istio \"%s\" on Kubernetes \"%s\""
                        .formatted(
                                environment.istio().controlPlanes().dialect(),
                                environment.cluster().kubernetes()),
                "take Istio 1.24 and Kubernetes 1.29 or later, or write mesh: false and no pod.sidecars"));
    }
}
