package io.meshwright.value.workload;

import io.meshwright.value.KeyPath;
import io.meshwright.value.MeshwrightNames;
import io.meshwright.value.Require;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.Map;
import java.util.Set;

/**
 * Labels and annotations of pods that other keys of the file, controllers or Istio write: a second hand on them would
 * part pods from their Service, or take them past the mesh's policies.
 */
final class OwnedMetadata {
    private static final Set<String> CONTROLLERS = Set.of(
            "pod-template-hash",
            "rollouts-pod-template-hash",
            "controller-revision-hash",
            "statefulset.kubernetes.io/pod-name",
            "apps.kubernetes.io/pod-index",
            "batch.kubernetes.io/job-name",
            "batch.kubernetes.io/controller-uid");
    private static final Map<String, String> LABELS = Map.of(
            "app",
            "write app beside ports",
            "version",
            "name versions in release",
            IstioLabels.INJECT,
            "write mesh: false beside ports, or leave it out");
    private static final Map<String, String> ANNOTATIONS = Map.of(
            IstioAnnotations.PROXY_CONFIG, "write proxyMetadata beside ports",
            IstioLabels.INJECT, "write mesh: false beside ports, or leave it out",
            IstioAnnotations.TEMPLATES, "remove it; the mesh's own template makes the sidecar",
            IstioAnnotations.STATUS, "remove it; injection writes it",
            IstioAnnotations.PROXY_IMAGE, "remove it; istio.version chooses the proxy");

    private OwnedMetadata() {}

    /** Refuses a label of the pods that is not the file's to give. */
    static void refuseLabels(String at, Map<String, String> labels) {
        LabelSyntax.labels(at, labels);
        for (String key : labels.keySet()) {
            refuse(at, key, LABELS);
            Require.that(
                    !CONTROLLERS.contains(key), path(at, key), "is written by the controller of the pods", "remove it");
            Require.that(!isIstios(key), path(at, key), "is Istio's, and decides what the mesh does", "remove it");
        }
    }

    /** Refuses an annotation of the pods that is not the file's to give; sizes and log levels of the proxy are. */
    static void refuseAnnotations(String at, Map<String, String> annotations) {
        for (String key : annotations.keySet()) {
            LabelSyntax.key(at, key);
            refuse(at, key, ANNOTATIONS);
            Require.that(
                    !LabelSyntax.domain(key).equals("prometheus.io"),
                    path(at, key),
                    "is made of metrics",
                    "write metrics: {path: /metrics} beside ports");
            Require.that(
                    !key.startsWith(IstioAnnotations.TRAFFIC),
                    path(at, key),
                    "takes calls past the sidecar, and with it past every policy",
                    "declare what is called in externals, or write mesh: false beside ports");
        }
    }

    private static void refuse(String at, String key, Map<String, String> owned) {
        Require.that(!owned.containsKey(key), path(at, key), "is made of another key", owned.getOrDefault(key, ""));
        Require.that(
                !LabelSyntax.domain(key).equals(MeshwrightNames.GROUP),
                path(at, key),
                "is Meshwright's own",
                "take a domain of your own");
    }

    private static boolean isIstios(String key) {
        String domain = LabelSyntax.domain(key);
        return domain.equals("istio.io") || domain.endsWith(".istio.io");
    }

    private static String path(String at, String key) {
        return KeyPath.of(at).key(key).text();
    }
}
