package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Quantity;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.workload.data.ConfigMapFiles;
import io.meshwright.value.workload.data.DownwardFiles;
import io.meshwright.value.workload.data.SecretFiles;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Files that containers of a pod may mount. */
@Doc("Files that containers mount: one of emptyDir, configMap, secret, persistentVolumeClaim, serviceAccountToken,"
        + " downwardAPI, csi and ephemeral.")
public record Volume(
        @Nullable @Doc("Empty, and gone with the pod.") EmptyDir emptyDir,

        @Nullable
        @Doc("Name of a ConfigMap of the namespace, each key of which is a file; or name, items and modes.")
        @Sample("settings")
        ConfigMapFiles configMap,

        @Nullable
        @Doc("Name of a Secret of the namespace, each key of which is a file; or secretName, items and modes.")
        @Sample("web-tls")
        SecretFiles secret,

        @Nullable @Doc("Name of a claim of the namespace that exists; every pod mounts the same volume.")
        Name persistentVolumeClaim,

        @Nullable @Doc("A token of the pods' service account for somebody else than the API server.")
        Token serviceAccountToken,

        @Nullable @Doc("Fields of the pod, such as its labels.")
        DownwardFiles downwardAPI,

        @Nullable Csi csi,

        @Nullable @Doc("A disk of each pod's own, made with the pod and gone with it.") @Sample("{size: 20Gi}")
        Claim ephemeral) {
    public Volume {
        Require.that(
                Stream.of(
                                        emptyDir,
                                        configMap,
                                        secret,
                                        persistentVolumeClaim,
                                        serviceAccountToken,
                                        downwardAPI,
                                        csi,
                                        ephemeral)
                                .filter(Objects::nonNull)
                                .count()
                        == 1,
                "",
                "is not exactly one of emptyDir, configMap, secret, persistentVolumeClaim, serviceAccountToken,"
                        + " downwardAPI, csi and ephemeral",
                "give one of them");
    }

    /** Scratch space. */
    public static Volume of(EmptyDir emptyDir) {
        return new Volume(emptyDir, null, null, null, null, null, null, null);
    }

    /** Files of a ConfigMap. */
    public static Volume configMap(ObjectName name) {
        return of(ConfigMapFiles.of(name));
    }

    /** Files of a Secret. */
    public static Volume secret(ObjectName name) {
        return of(SecretFiles.of(name));
    }

    /** A claim that exists. */
    public static Volume claim(Name name) {
        return new Volume(null, null, null, name, null, null, null, null);
    }

    /** A certificate of the pod's own. */
    public static Volume of(Csi csi) {
        return new Volume(null, null, null, null, null, null, csi, null);
    }

    /** A disk of the pod's own, gone with it. */
    public static Volume of(Claim ephemeral) {
        return new Volume(null, null, null, null, null, null, null, ephemeral);
    }

    /** Keys of a ConfigMap. */
    public static Volume of(ConfigMapFiles configMap) {
        return new Volume(null, configMap, null, null, null, null, null, null);
    }

    /** Keys of a Secret. */
    public static Volume of(SecretFiles secret) {
        return new Volume(null, null, secret, null, null, null, null, null);
    }

    /** Fields of the pod. */
    public static Volume of(DownwardFiles fields) {
        return new Volume(null, null, null, null, null, fields, null, null);
    }

    /** The same, whose files tell of this container where they name none. */
    public Volume resourcesOf(Name container) {
        return downwardAPI == null ? this : of(downwardAPI.resourcesOf(container));
    }

    /** True if containers may write to it. */
    public boolean isWritable() {
        return emptyDir != null || persistentVolumeClaim != null || ephemeral != null;
    }

    /** Scratch space. */
    @Doc("Scratch space.")
    public record EmptyDir(
            @Required @Doc("Bytes at most, for example 1Gi; a pod that writes more is evicted.")
            Quantity sizeLimit,

            @Nullable @Doc("Memory: in RAM, counted against the container's memory limit; default: on the node's disk.")
            Medium medium) {
        public EmptyDir {
            Quantity.bytes("sizeLimit", Require.present("sizeLimit", sizeLimit));
        }
    }

    /** The medium of scratch space. */
    public enum Medium {
        @Word("Memory")
        MEMORY
    }

    /** A token that its issuer's audience alone accepts, renewed by the kubelet. */
    @Doc("A token for one audience, renewed by the kubelet.")
    public record Token(
            @Required @Doc("Who accepts it, such as vault.") String audience,

            @Defaulted @Doc("Seconds that it is valid, 600 to 86400; default 3600.")
            Integer expirationSeconds,

            @Defaulted @Doc("Name of its file; default token.")
            String path) {
        public Token {
            Require.notBlank("audience", audience);
            expirationSeconds = expirationSeconds == null
                    ? 3600
                    : Require.inRange("expirationSeconds", expirationSeconds, 600, 86400);
            path = path == null ? "token" : path;
            Require.that(
                    path.matches("[A-Za-z0-9][-A-Za-z0-9_.]*"),
                    "path",
                    "\"%s\" is no name of a file".formatted(path),
                    "use letters, digits, dashes and dots");
        }
    }
}
