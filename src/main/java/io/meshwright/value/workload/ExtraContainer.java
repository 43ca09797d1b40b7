package io.meshwright.value.workload;

import io.meshwright.builders.Buildable;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.ImageReference;
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

/** A container beside the application's, or before it: as restricted as that, with the pod's own user. */
@Doc("A container beside the application's, or before it.")
@Buildable
public record ExtraContainer(
        @Nullable @Doc("Image with a tag, or better a digest; default: the application's.")
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

        @Defaulted @Doc("Files that it reads, by their path in the container.")
        Map<String, MountedFile> files,

        @Defaulted @Doc("Volumes of the pod that it sees.") List<VolumeMount> volumeMounts,

        @Nullable @Doc("Numeric user, if it is not the application's. 0 is refused.")
        Long user,

        @Nullable SecurityContext securityContext) {
    public ExtraContainer {
        Require.present("resources", resources);
        command = command == null ? List.of() : List.copyOf(command);
        args = args == null ? List.of() : List.copyOf(args);
        env = env == null ? Map.of() : new LinkedHashMap<>(env);
        secretEnv = secretEnv == null ? Map.of() : new LinkedHashMap<>(secretEnv);
        envFrom = envFrom == null ? List.of() : List.copyOf(envFrom);
        files = files == null ? Map.of() : new LinkedHashMap<>(files);
        volumeMounts = volumeMounts == null ? List.of() : List.copyOf(volumeMounts);
        Users.check(user);
        Variables.check(env, secretEnv);
        MountPath.apart(Map.of(), files.keySet(), volumeMounts);
    }

    /** A container of the two things that each needs; all else has its default. */
    public static ExtraContainer of(ImageReference image, Resources resources) {
        return new ExtraContainer(image, null, null, null, null, null, resources, null, null, null, null);
    }

    /** Begins one, of which resources must be given. */
    public static Builder builder() {
        return new Builder();
    }

    /** Begins another one that has all of this one. */
    public Builder toBuilder() {
        return new Builder().from(this);
    }

    /** Collects what a further container is made of. */
    public static final class Builder extends ExtraContainerSetters<Builder> {
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
        public ExtraContainer build() {
            return props();
        }
    }
}
