package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.meshwright.value.Require;

/** Source of the files of one mount. */
public sealed interface PodVolume {
    /** Name inside the pod. */
    String name();

    /** The volume as Kubernetes writes it. */
    Volume render();

    /** Scratch space that ends with the pod. */
    static PodVolume scratch(String name, String sizeLimit) {
        return new Scratch(name, sizeLimit);
    }

    /** Files of a ConfigMap. */
    static PodVolume config(String name, String configMap) {
        return new Config(name, configMap);
    }

    /** Files of a Secret. */
    static PodVolume secret(String name, String secret) {
        return new FromSecret(name, secret);
    }

    /** An existing persistent volume claim. */
    static PodVolume claim(String name, String claim) {
        return new Claim(name, claim);
    }

    /** A folder of the node; only in a namespace labelled privileged. */
    static PodVolume host(String name, String path, String type) {
        return new Host(name, path, type);
    }

    /** See {@link #scratch}. */
    record Scratch(String name, String sizeLimit) implements PodVolume {
        @Override
        public Volume render() {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewEmptyDir()
                    .withSizeLimit(new Quantity(Require.present("sizeLimit", sizeLimit)))
                    .endEmptyDir()
                    .build();
        }
    }

    /** See {@link #config}. */
    record Config(String name, String configMap) implements PodVolume {
        @Override
        public Volume render() {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewConfigMap()
                    .withName(configMap)
                    .endConfigMap()
                    .build();
        }
    }

    /** See {@link #secret}. */
    record FromSecret(String name, String secret) implements PodVolume {
        @Override
        public Volume render() {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewSecret()
                    .withSecretName(secret)
                    .endSecret()
                    .build();
        }
    }

    /** See {@link #claim}. */
    record Claim(String name, String claim) implements PodVolume {
        @Override
        public Volume render() {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewPersistentVolumeClaim(claim, false)
                    .build();
        }
    }

    /** See {@link #host}. */
    record Host(String name, String path, String type) implements PodVolume {
        @Override
        public Volume render() {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewHostPath()
                    .withPath(path)
                    .withType(type)
                    .endHostPath()
                    .build();
        }
    }
}
