package io.meshwright.construct.pod;

import io.fabric8.kubernetes.api.model.EmptyDirVolumeSource;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ServiceAccountTokenProjection;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.meshwright.value.Require;
import io.meshwright.value.workload.Csi;
import io.meshwright.value.workload.Volume.EmptyDir;
import io.meshwright.value.workload.Volume.Token;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** As a file of an environment says it. */
    static PodVolume given(String name, io.meshwright.value.workload.Volume volume) {
        Csi csi = volume.csi();
        return csi == null ? new Given(name, volume) : new Certificate(name, csi, Optional.empty());
    }

    /**
     * A certificate that cert-manager's driver writes for the pod.
     *
     * @param group whose processes read the key; empty: that of the driver, root
     */
    static PodVolume certificate(String name, Csi csi, Optional<Long> group) {
        return new Certificate(name, csi, group);
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

    /** See {@link #certificate}. */
    record Certificate(String name, Csi csi, Optional<Long> group) implements PodVolume {
        private static final String ATTRIBUTE = "csi.cert-manager.io/";

        @Override
        public Volume render() {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewCsi()
                    .withDriver(csi.driver().word())
                    .withReadOnly(true) // the driver takes no other volume
                    .withVolumeAttributes(attributes())
                    .endCsi()
                    .build();
        }

        private SortedMap<String, String> attributes() {
            SortedMap<String, String> attributes = new TreeMap<>();
            put(attributes, "issuer-kind", "ClusterIssuer");
            put(
                    attributes,
                    "issuer-name",
                    Require.present("issuer", csi.issuer()).toString());
            if (!csi.dnsNames().isEmpty()) {
                put(attributes, "dns-names", String.join(",", csi.dnsNames()));
            }
            put(attributes, "duration", csi.duration().toString());
            if (csi.renewBefore() != null) {
                put(attributes, "renew-before", csi.renewBefore().toString());
            }
            put(attributes, "key-encoding", csi.keyEncoding().name());
            put(
                    attributes,
                    "key-usages",
                    Stream.concat(
                                    Stream.of("digital signature", "key encipherment"),
                                    csi.usages().stream().map(Csi.Usage::word))
                            .collect(Collectors.joining(",")));
            group.ifPresent(id -> put(attributes, "fs-group", id.toString()));
            return attributes;
        }

        private static void put(SortedMap<String, String> attributes, String key, String value) {
            attributes.put(ATTRIBUTE.concat(key), value);
        }
    }

    /** See {@link #given}. */
    record Given(String name, io.meshwright.value.workload.Volume volume) implements PodVolume {
        @Override
        public Volume render() {
            if (volume.configMap() != null) {
                return PodData.of(name, volume.configMap());
            } else if (volume.secret() != null) {
                return PodData.of(name, volume.secret());
            } else if (volume.downwardAPI() != null) {
                return PodData.of(name, volume.downwardAPI());
            } else if (volume.persistentVolumeClaim() != null) {
                return new Claim(name, volume.persistentVolumeClaim().toString()).render();
            }
            if (volume.ephemeral() != null) {
                return ephemeral(volume.ephemeral());
            }
            return volume.serviceAccountToken() == null
                    ? empty(Require.present("emptyDir", volume.emptyDir()))
                    : token(volume.serviceAccountToken());
        }

        private Volume empty(EmptyDir empty) {
            return new VolumeBuilder()
                    .withName(name)
                    .withEmptyDir(KubernetesModel.of(empty, EmptyDirVolumeSource.class))
                    .build();
        }

        private Volume ephemeral(io.meshwright.value.workload.Claim claim) {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewEphemeral()
                    .withNewVolumeClaimTemplate()
                    .withSpec(ClaimSpec.of(claim))
                    .endVolumeClaimTemplate()
                    .endEphemeral()
                    .build();
        }

        private Volume token(Token token) {
            return new VolumeBuilder()
                    .withName(name)
                    .withNewProjected()
                    .addNewSource()
                    .withServiceAccountToken(KubernetesModel.of(token, ServiceAccountTokenProjection.class))
                    .endSource()
                    .endProjected()
                    .build();
        }
    }
}
