package io.meshwright.value.traffic;

import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Weight;
import io.meshwright.value.Word;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The way in which a new version of a service comes in beside the old one. */
@Doc("How a new version comes in: canary, abTest, blueGreen or mirror.")
@Sample("{type: canary, engine: rollouts, steps: [10, 50]}")
public sealed interface Release permits Canary, AbTest, BlueGreen, Shadow {
    /** The versions that run side by side; none where Argo Rollouts makes them. */
    List<Variant> variants();

    /** The conditions by which it gives some requests a version of their own; none where weights alone decide. */
    default List<RouteMatch.Condition> conditions() {
        return List.of();
    }

    /** Returns how much of the service's requests a version gets now, where the file says so. */
    default Optional<Weight> share(Name version) {
        return Optional.empty();
    }

    /** The type, as a file spells it. */
    default String word() {
        return getClass().getAnnotation(Word.class).value();
    }

    /** True if Argo Rollouts moves the traffic. */
    default boolean isManaged() {
        return false;
    }

    /** Refuses a name that stands for two versions. */
    static void distinct(String key, List<Name> names) {
        Set<Name> seen = new LinkedHashSet<>();
        names.forEach(name ->
                Require.that(seen.add(name), key, "\"%s\" is given twice".formatted(name), "name each version once"));
    }
}
