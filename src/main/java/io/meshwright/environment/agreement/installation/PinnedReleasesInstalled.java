package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.AddOns;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A release that a file pins is one of an add-on that the environment installs. */
public final class PinnedReleasesInstalled implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        Set<ChartAddOn> installed = AddOns.of(environment);
        return Stream.of(ChartAddOn.values())
                .filter(addOn -> environment.releases().containsKey(addOn.key()) && !installed.contains(addOn))
                .map(addOn -> new InvalidValue(
                        KeyPath.of("releases").key(addOn.key()),
                        "\"%s\" is the release of an add-on that is not installed, because nothing here needs it"
                                .formatted(environment.releases().get(addOn.key())),
                        "remove it"))
                .toList();
    }
}
