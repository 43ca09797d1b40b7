package io.meshwright.environment.agreement.service;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Version;
import io.meshwright.value.workload.Container;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pause before the end is asked only of a kubelet that knows how to pause. */
public final class PausesKnown implements Agreement {
    private static final Version SINCE = Version.of("1.30"); // beta and on [kubernetes.io, PodLifecycleSleepAction]

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Version kubernetes = environment.cluster().kubernetes();
        return DeclaredService.of(environment)
                .filter(declared -> pauses(declared.service().container()) && !kubernetes.isAtLeast(SINCE))
                .map(declared -> new InvalidValue(
                        declared.at()
                                .key("container")
                                .key("lifecycle")
                                .key("preStop")
                                .key("sleep"),
                        "is not known to Kubernetes \"%s\", but from %s on".formatted(kubernetes, SINCE),
                        "write exec: {command: [sleep, \"10\"]}, if the image has sleep"))
                .toList();
    }

    private static boolean pauses(@Nullable Container container) {
        return container != null
                && container.lifecycle() != null
                && container.lifecycle().sleepSeconds() > 0;
    }
}
