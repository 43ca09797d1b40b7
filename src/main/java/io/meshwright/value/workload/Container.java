package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.SecretRef;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application's container: what runs, what it reads and what it may write. */
@Doc("The application's container.")
public record Container(
        @Required @Doc("Image with a tag, or better a digest; latest is refused.")
        ImageReference image,

        @Defaulted @Doc("Replaces the image's entrypoint.") List<String> command,
        @Defaulted @Doc("Replaces the image's arguments.") List<String> args,

        @Defaulted @Doc("Environment variables that are no secret.")
        Map<String, String> env,

        @Defaulted @Doc("Environment variables from keys of Secrets, written secret/key.")
        Map<String, SecretRef> secretEnv,

        @Required Resources resources,
        @Defaulted Probes probes,

        @Defaulted @Doc("Numeric user and group of the process; default 10001. 0 is refused.")
        Long user,

        @Defaulted
        @Doc("Paths that the process writes and may lose: each becomes an emptyDir on the read-only root; default"
                + " /tmp.")
        List<String> writable,

        @Nullable Storage storage) {
    public Container {
        Require.present("image", image);
        Require.present("resources", resources);
        command = command == null ? List.of() : List.copyOf(command);
        args = args == null ? List.of() : List.copyOf(args);
        env = env == null ? Map.of() : new LinkedHashMap<>(env);
        secretEnv = secretEnv == null ? Map.of() : new LinkedHashMap<>(secretEnv);
        probes = probes == null ? Probes.tcp() : probes;
        user = user == null ? 10001L : user;
        if (user <= 0 || user == 1337) {
            throw new InvalidValue(
                    "user",
                    "'%d' cannot run a meshed application".formatted(user),
                    "give a user above 0; 1337 is the sidecar's own, whose traffic skips the mesh");
        }
        writable = writable == null ? List.of("/tmp") : List.copyOf(writable);
        for (int i = 0; i < writable.size(); i++) {
            MountPath.check("writable[%d]".formatted(i), writable.get(i));
            refuseTwice(writable, i, storage);
            refuseToHide(image, "writable[%d]".formatted(i), writable.get(i));
        }
        if (storage != null) {
            refuseToHide(image, "storage.mountPath", storage.mountPath());
        }
        secretEnv.forEach((variable, secret) -> Require.that(
                secret.key().isPresent(),
                "secretEnv." + variable,
                "'%s' names no key".formatted(secret),
                "write secret/key"));
        env.keySet().stream().filter(secretEnv::containsKey).findFirst().ifPresent(Container::twice);
        env.forEach(OpenSecrets::refuse);
    }

    /** A container of the two things that each needs; all else has its default. */
    public static Container of(ImageReference image, Resources resources) {
        return new Container(image, null, null, null, null, resources, null, null, null, null);
    }

    /** The same with other probes. */
    public Container with(Probes other) {
        return new Container(image, command, args, env, secretEnv, resources, other, user, writable, storage);
    }

    /** The same with another volume. */
    public Container with(Storage other) {
        return new Container(image, command, args, env, secretEnv, resources, probes, user, writable, other);
    }

    private static void refuseToHide(ImageReference image, String key, String path) {
        FilledFolders.hiddenBy(path, image).ifPresent(folder -> {
            throw new InvalidValue(
                    key,
                    "an empty folder would hide '%s', which '%s' brings and needs"
                            .formatted(folder, image.repository()),
                    "remove it, and let the image hold what it needs when it is built");
        });
    }

    /** Kubernetes refuses two volumes at one path. */
    private static void refuseTwice(List<String> writable, int index, @Nullable Storage storage) {
        String path = folder(writable.get(index));
        boolean taken = storage != null && folder(storage.mountPath()).equals(path)
                || writable.subList(0, index).stream()
                        .anyMatch(other -> folder(other).equals(path));
        Require.that(
                !taken, "writable[%d]".formatted(index), "\"%s\" has a volume already".formatted(path), "remove it");
    }

    private static String folder(String path) {
        return path.replaceFirst("/$", "");
    }

    private static void twice(String variable) {
        throw new InvalidValue("env." + variable, "is in secretEnv too", "keep one of them");
    }
}
