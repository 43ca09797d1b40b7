package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.environment.agreement.part.Unroutable;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.traffic.Release;
import java.util.List;
import java.util.Optional;

/** A release has requests to share out among its versions: some that lead through a route of its service. */
public final class ReleasesRouted implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        return DeclaredService.of(environment)
                .flatMap(declared -> Optional.ofNullable(declared.service().release())
                        .flatMap(release -> refusal(environment, declared, release))
                        .stream())
                .toList();
    }

    private static Optional<InvalidValue> refusal(Environment environment, DeclaredService declared, Release release) {
        KeyPath at = declared.at().key("release");
        String useless = "\"%s\" shares out no requests".formatted(release.word());
        return Unroutable.of(environment, declared.service())
                .map(reason -> reason.refusal(at, useless))
                .or(() -> declared.uncalled(at, useless));
    }
}
