package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Shorthand;
import io.meshwright.value.delivery.BesideFolder;
import java.util.List;

/** Manifests of a team's own, which are a stack beside ours: checked, traced and delivered with the rest. */
@Doc("A folder of manifests, or a mapping with the kinds that it needs besides.")
public record ManifestFolder(
        @Required @Doc("Path from the folder of this file; its last segment is the name of the stack.")
        BesideFolder path,

        @Defaulted
        @Doc("Kinds that Argo CD's project admits for them, besides those of the platform: Kind, or group/Kind.")
        List<String> kinds) {
    public ManifestFolder {
        Require.present("path", path);
        Require.that(
                path.name().matches("[a-z0-9]([-a-z0-9]{0,40}[a-z0-9])?"),
                "path",
                "\"%s\" is no name of a stack".formatted(path.name()),
                "call the folder by lower-case letters, digits and dashes");
        kinds = kinds == null ? List.of() : List.copyOf(kinds);
        for (int i = 0; i < kinds.size(); i++) {
            String kind = Require.kind("kinds[%d]".formatted(i), kinds.get(i));
            Require.that(
                    path.objects().stream()
                            .anyMatch(object -> object.groupKind().equals(kind)),
                    "kinds[%d]".formatted(i),
                    "no manifest of the folder is a \"%s\"".formatted(kind),
                    "remove it");
        }
    }

    /** Of no kinds but the platform's. */
    @Shorthand
    public static ManifestFolder of(BesideFolder path) {
        return new ManifestFolder(path, null);
    }

    /** Name of its stack. */
    public Name name() {
        return Name.of(path.name());
    }
}
