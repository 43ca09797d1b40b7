package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Word;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.MtlsMode;
import io.meshwright.value.workload.SharedClaim;
import io.meshwright.value.workload.data.ConfigMapData;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One namespace of applications. */
@Doc("One namespace that holds services.")
public record NamespaceSettings(
        @Defaulted @Doc("Whether pods get a sidecar; default true.")
        Boolean inject,

        @Nullable @Doc("Tag of the control plane that injects it; default: the first of istio.tags.")
        Name tag,

        @Nullable @Doc("Mutual TLS of its pods; default: the mesh's.")
        MtlsMode mtls,

        @Defaulted @Doc("Pod Security Standard that is enforced; default restricted.")
        PodSecurity podSecurity,

        @Nullable @Doc("Why the level is lower than restricted.")
        String reason,

        @Defaulted @Doc("ConfigMaps that several of its services read, by their names.")
        Map<ObjectName, ConfigMapData> configMaps,

        @Defaulted
        @Doc("Volumes that several pods of the namespace mount at once, by their names; they outlive all of them.")
        @Sample("{media: {size: 100Gi, storageClass: nfs}}")
        Map<Name, SharedClaim> persistentVolumeClaims) {
    /** Those that somebody writes into each namespace. */
    private static final Map<String, String> WRITTEN =
            Map.of("istio-ca-root-cert", "istiod", "istio-ca-crl", "istiod", "kube-root-ca.crt", "Kubernetes");

    public NamespaceSettings {
        inject = inject == null || inject;
        Require.that(
                inject || tag == null,
                "tag",
                "\"%s\" chooses who injects, and nobody does".formatted(tag),
                "remove it, or inject: false");
        podSecurity = podSecurity == null ? PodSecurity.RESTRICTED : podSecurity;
        if (podSecurity != PodSecurity.RESTRICTED && (reason == null || reason.isBlank())) {
            throw new InvalidValue(
                    "podSecurity",
                    "\"%s\" has no reason".formatted(podSecurity.word()),
                    "say why in reason, or use restricted");
        }
        configMaps = configMaps == null ? Map.of() : new LinkedHashMap<>(configMaps);
        persistentVolumeClaims =
                persistentVolumeClaims == null ? Map.of() : new LinkedHashMap<>(persistentVolumeClaims);
        configMaps
                .keySet()
                .forEach(name -> Require.that(
                        !WRITTEN.containsKey(name.toString()),
                        KeyPath.of("configMaps").key(name.toString()).text(),
                        "is written by %s into each namespace".formatted(WRITTEN.get(name.toString())),
                        "give it another name"));
    }

    /** Levels of the Pod Security Standards. */
    public enum PodSecurity {
        @Word("restricted")
        RESTRICTED,
        @Word("baseline")
        BASELINE,
        @Word("privileged")
        PRIVILEGED;

        /** As the namespace's label spells it. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
