package io.meshwright.environment;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Version;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The control planes of one mesh, oldest first, and the tags by which namespaces choose among them. */
public record ControlPlanes(List<ControlPlane> all, Map<Name, Name> tags) {
    /** The release whose words every control plane understands. */
    public Version dialect() {
        return all.get(0).version();
    }

    public ControlPlane oldest() {
        return all.get(0);
    }

    public ControlPlane newest() {
        return all.get(all.size() - 1);
    }

    /** True if two stand side by side. */
    public boolean upgrading() {
        return all.size() > 1;
    }

    /**
     * The revision label of a namespace for the control plane of this tag.
     *
     * @param tag null where the file names none: the first then counts
     * @return empty where the only control plane has no name
     */
    public Optional<Name> label(@Nullable Name tag) {
        return tag != null
                ? Optional.of(tag)
                : tags.keySet().stream().findFirst().or(() -> Optional.ofNullable(newest().revision()));
    }

    /** The control plane that serves what is labelled with this tag; null is the tag of all that name none. */
    public ControlPlane serving(@Nullable Name tag) {
        Optional<Name> revision = label(tag).map(label -> tags.getOrDefault(label, label));
        return all.stream()
                .filter(plane -> revision.filter(plane.label()::equals).isPresent())
                .findFirst()
                .orElse(newest());
    }

    void refuse() {
        Require.that(
                !upgrading() || !oldest().label().equals(newest().label()),
                "revision",
                "both control planes would be named \"%s\"".formatted(newest().label()),
                "name the newer one after its release, for example %s"
                        .formatted(newest().version().value().replace('.', '-')));
        Require.that(
                !upgrading() || !tags.isEmpty(),
                "tags",
                "two control planes and no tag to choose one by",
                "add one that points at \"%s\", which serves today".formatted(oldest().label()));
        tags.forEach(this::refuse);
    }

    private void refuse(Name tag, Name revision) {
        String key = "tags.%s".formatted(tag);
        if (all.stream().noneMatch(plane -> plane.label().equals(revision))) {
            throw new InvalidValue(
                    key, "there is no control plane \"%s\"".formatted(revision), "use one of: %s".formatted(names()));
        }
        Require.that(
                !tag.equals(ControlPlane.UNNAMED)
                        && all.stream().noneMatch(plane -> plane.label().equals(tag)),
                key,
                "\"%s\" is the name of a control plane".formatted(tag),
                "give the tag a name of its own, for example stable");
    }

    private String names() {
        return all.stream().map(ControlPlane::label).map(Name::toString).collect(Collectors.joining(", "));
    }
}
