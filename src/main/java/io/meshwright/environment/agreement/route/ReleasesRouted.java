package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.environment.agreement.part.Unroutable;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.traffic.BlueGreen;
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
                .or(() -> declared.uncalled(at, useless))
                .or(() -> unseen(at, declared, release));
    }

    /** A preview is shown on the paths of the service's routes, so that without one it is nowhere. */
    private static Optional<InvalidValue> unseen(KeyPath at, DeclaredService declared, Release release) {
        return release instanceof BlueGreen blueGreen
                        && blueGreen.previewHost() != null
                        && !declared.isReachedFromOutside()
                ? Optional.of(new InvalidValue(
                        at.key("previewHost"),
                        "\"%s\" shows nothing, because no route leads through a gateway to the service"
                                .formatted(blueGreen.previewHost()),
                        "give it routes, whose paths the other version then has there, or remove it"))
                : Optional.empty();
    }
}
