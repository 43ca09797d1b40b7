package io.meshwright.value.workload;

import io.meshwright.builders.Buildable;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.workload.data.EnvFrom;
import io.meshwright.value.workload.data.EnvVar;
import io.meshwright.value.workload.data.MountedFile;
import io.meshwright.value.workload.data.Variables;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application's container: what runs, what it reads and what it may write. */
@Doc("The application's container.")
@Buildable
public record Container(
        @Required @Doc("Image with a tag, or better a digest; latest is refused.")
        ImageReference image,

        @Defaulted @Doc("Replaces the image's entrypoint.") List<String> command,
        @Defaulted @Doc("Replaces the image's arguments.") List<String> args,

        @Defaulted
        @Doc("Environment variables: texts that are no secret, or what they are read from.")
        @Sample("{LOG_LEVEL: info, POD_IP: {fieldRef: status.podIP}}")
        Map<String, EnvVar> env,

        @Defaulted @Doc("Environment variables from keys of Secrets, written secret/key.")
        Map<String, SecretRef> secretEnv,

        @Defaulted @Doc("All keys of ConfigMaps and Secrets as variables.")
        List<EnvFrom> envFrom,

        @Required Resources resources,
        @Defaulted Probes probes,

        @Nullable Lifecycle lifecycle,

        @Defaulted @Doc("Numeric user and group of the process; default 10001. 0 is refused.")
        Long user,

        @Defaulted
        @Doc("Paths that the process writes and may lose: each becomes an emptyDir on the read-only root; default"
                + " /tmp.")
        List<String> writable,

        @Defaulted @Doc("Files that it reads, by their path in the container; a change of one starts new pods.")
        Map<String, MountedFile> files,

        @Defaulted @Doc("Volumes of pod.volumes that it sees.")
        List<VolumeMount> volumeMounts,

        @Nullable Storage storage,

        @Nullable SecurityContext securityContext) {
    public Container {
        Require.present("image", image);
        Require.present("resources", resources);
        command = command == null ? List.of() : List.copyOf(command);
        args = args == null ? List.of() : List.copyOf(args);
        env = env == null ? Map.of() : new LinkedHashMap<>(env);
        secretEnv = secretEnv == null ? Map.of() : new LinkedHashMap<>(secretEnv);
        envFrom = envFrom == null ? List.of() : List.copyOf(envFrom);
        probes = probes == null ? Probes.tcp() : probes;
        user = user == null ? 10001L : user;
        Users.check(user);
        writable = writable == null ? List.of("/tmp") : List.copyOf(writable);
        for (int i = 0; i < writable.size(); i++) {
            MountPath.check("writable[%d]".formatted(i), writable.get(i));
            refuseTwice(writable, i, storage);
            refuseToHide(image, "writable[%d]".formatted(i), writable.get(i));
        }
        if (storage != null) {
            refuseToHide(image, "storage.mountPath", storage.mountPath());
        }
        files = files == null ? Map.of() : new LinkedHashMap<>(files);
        volumeMounts = volumeMounts == null ? List.of() : List.copyOf(volumeMounts);
        MountPath.apart(taken(writable, storage), files.keySet(), volumeMounts);
        Variables.check(env, secretEnv);
    }

    /** A container of the two things that each needs; all else has its default. */
    public static Container of(ImageReference image, Resources resources) {
        return new Container(
                image, null, null, null, null, null, resources, null, null, null, null, null, null, null, null);
    }

    /** The same with other probes. */
    public Container with(Probes other) {
        return toBuilder().probes(other).build();
    }

    /** The same with another volume. */
    public Container with(Storage other) {
        return toBuilder().storage(other).build();
    }

    private static void refuseToHide(ImageReference image, String key, String path) {
        FilledFolders.hiddenBy(path, image).ifPresent(folder -> {
            throw new InvalidValue(
                    key,
                    "an empty folder would hide \"%s\", which \"%s\" brings and needs"
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

    /** Keys of what has a volume already, by its path. */
    private static Map<String, String> taken(List<String> writable, @Nullable Storage storage) {
        Map<String, String> taken = new LinkedHashMap<>();
        writable.forEach(path -> taken.put(folder(path), "writable"));
        if (storage != null) {
            taken.put(folder(storage.mountPath()), "storage");
        }
        return taken;
    }

    /** Begins one, of which image and resources must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins another one that has all of this one. */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** Collects what a container is made of. */
    public static final class Builder extends ContainerSetters<Builder> {
        private Builder() {}

        /** One environment variable that is no secret. */
        public Builder env(String variable, String value) {
            return env(Map.of(variable, EnvVar.of(value)));
        }

        /**
         * Makes it.
         *
         * @throws io.meshwright.value.InvalidValue where a value is missing or cannot be, by its name
         */
        public Container build() {
            return props();
        }
    }
}
