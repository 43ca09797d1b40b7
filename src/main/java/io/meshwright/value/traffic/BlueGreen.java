package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Weight;
import io.meshwright.value.Word;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs two versions of which one serves everybody; changing one word moves all traffic at once. */
@Word("blueGreen")
@Doc("Runs two versions, one of which serves everybody; changing active moves all traffic at once.")
public record BlueGreen(
        @Required @Doc("The two versions.") List<Variant> versions,

        @Required @Doc("Name of the version that serves everybody.")
        Name active,

        @Nullable
        @Doc("Host at which the other version can be seen, on the paths of the service's routes; default none.")
        Host previewHost)
        implements Release {
    public BlueGreen {
        versions = List.copyOf(Require.notEmpty("versions", versions));
        Require.that(versions.size() == 2, "versions", "has %d entries".formatted(versions.size()), "give exactly two");
        Release.distinct("versions", versions.stream().map(Variant::name).toList());
        Require.present("active", active);
        Require.that(
                versions.stream().anyMatch(version -> version.name().equals(active)),
                "active",
                "\"%s\" is none of the versions".formatted(active),
                "name one of versions");
        Require.that(
                previewHost == null || !previewHost.isWildcard(),
                "previewHost",
                "\"%s\" is not one host".formatted(previewHost),
                "name one host");
    }

    /** The version that nobody but the preview host sees. */
    public Name preview() {
        return versions.stream()
                .map(Variant::name)
                .filter(name -> !name.equals(active))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public Optional<Weight> share(Name version) {
        return Optional.of(Weight.percent(version.equals(active) ? 100 : 0));
    }

    @Override
    public List<Variant> variants() {
        return versions;
    }
}
