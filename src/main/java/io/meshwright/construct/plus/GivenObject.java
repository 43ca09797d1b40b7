package io.meshwright.construct.plus;

import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.pod.ObjectName;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cdk8s.plus34.IResource;
import org.cdk8s.plus34.Resource;
import org.jspecify.annotations.Nullable;

/**
 * An object of cdk8s-plus by its name: a ConfigMap, a Secret, a ServiceAccount or a Service.
 *
 * @param name that was given; one that cdk8s makes of a hash is refused
 * @param namespace empty where it is imported by its name alone
 */
public record GivenObject(ObjectName name, Optional<Name> namespace) {
    // What cdk8s makes of a construct's path: its parts, c8, and six digits of a hash [cdk8s, Names.toDnsLabel].
    private static final Pattern HASHED = Pattern.compile("(.*-)?c8[0-9a-f]{6}");

    /**
     * Reads one.
     *
     * @param key how the refusal calls it, such as {@code configMap}
     * @throws io.meshwright.value.InvalidValue where it has no name of its own
     */
    public static GivenObject of(String key, IResource resource) {
        Require.present(key, resource);
        String name = named(key, resource.getName());
        String namespace =
                resource instanceof Resource made ? made.getMetadata().getNamespace() : null;
        return new GivenObject(
                ObjectName.of(name), Optional.ofNullable(namespace).map(Name::of));
    }

    /** The same, for pods of a namespace: they see no other one's. */
    public static GivenObject of(String key, IResource resource, Name namespace) {
        GivenObject object = of(key, resource);
        object.namespace()
                .ifPresent(other -> Require.that(
                        other.equals(namespace),
                        key,
                        "\"%s\" is in namespace \"%s\", and pods of \"%s\" see none of it"
                                .formatted(object.name(), other, namespace),
                        "make it in the namespace of the pods"));
        return object;
    }

    /**
     * The same name, for what a label names too: a Service or a ServiceAccount.
     *
     * @throws io.meshwright.value.InvalidValue where it has a dot
     */
    public Name label() {
        return Name.of(name.toString());
    }

    /** The name, when it is none that cdk8s made of a hash: such a one changes when code moves. */
    public static String named(String key, @Nullable String name) {
        String given = Require.present("%s.metadata.name".formatted(key), name);
        Require.that(
                !HASHED.matcher(given).matches(),
                key,
                "\"%s\" is a hash of its place in the tree, and another one when code moves".formatted(given),
                "give it metadata.name");
        return given;
    }
}
