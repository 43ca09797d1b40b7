package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Istio;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.platform.release.PublishedFaults;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;

/** Faults of Istio that are accepted are any. */
public final class AcceptedFaultsPublished implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Istio istio = environment.istio();
        boolean none = istio.publishedFaults() != null
                && istio.controlPlanes().all().stream()
                        .allMatch(plane -> istio.acceptedFaults(plane.version()).isEmpty());
        return none
                ? List.of(new InvalidValue(
                        KeyPath.of("istio.publishedFaults"),
                        "no fault of Istio \"%s\" is published up to %s"
                                .formatted(
                                        istio.version(),
                                        PublishedFaults.of(istio.version()).read()),
                        "leave it out"))
                : List.of();
    }
}
