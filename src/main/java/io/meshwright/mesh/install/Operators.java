package io.meshwright.mesh.install;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Custom resources of which an operator may make pods, such as a Prometheus or the Cluster of a database, by their
 * namespace: the pods are not among the manifests. What a kind that is not known here becomes nobody can tell.
 */
public final class Operators {
    /** Of Kubernetes, Istio and programs that route, deliver, watch, certify and guard. */
    private static final Pattern WITHOUT_PODS =
            Pattern.compile("apps|batch|autoscaling|policy|extensions|keda\\.sh|.*\\.keda\\.sh"
                    + "|(.*\\.)?(k8s\\.io|istio\\.io|cert-manager\\.io|toolkit\\.fluxcd\\.io|kyverno\\.io|cilium\\.io"
                    + "|projectcalico\\.org|external-secrets\\.io|secrets\\.hashicorp\\.com|metallb\\.(io|universe\\.tf)"
                    + "|gatekeeper\\.sh|meshwright\\.io|kiali\\.io|traefik\\.io|traefik\\.containo\\.us|linkerd\\.io"
                    + "|bitnami\\.com|stakater\\.com|cattle\\.io|config\\.openshift\\.io|route\\.openshift\\.io|getambassador\\.io"
                    + "|flagger\\.app|karpenter\\.(sh|k8s\\.aws))");

    private static final Map<String, Set<String>> KINDS_WITHOUT_PODS = Map.of(
            "argoproj.io",
            Set.of(
                    "AnalysisTemplate",
                    "Application",
                    "ApplicationSet",
                    "AppProject",
                    "ClusterAnalysisTemplate",
                    "Rollout",
                    "WorkflowTemplate"),
            "monitoring.coreos.com",
            Set.of("AlertmanagerConfig", "PodMonitor", "Probe", "PrometheusRule", "ScrapeConfig", "ServiceMonitor"),
            "grafana.integreatly.org",
            Set.of("GrafanaDashboard", "GrafanaDatasource", "GrafanaFolder"));

    private final Map<String, Source> byNamespace = new TreeMap<>();

    public Operators(Manifests manifests) {
        manifests.all().stream()
                .filter(object -> mayMakePods(object.kind()))
                .forEach(object -> byNamespace.putIfAbsent(object.home(), Source.of(object)));
    }

    private static boolean mayMakePods(Kind kind) {
        return !kind.group().isEmpty()
                && !WITHOUT_PODS.matcher(kind.group()).matches()
                && !KINDS_WITHOUT_PODS.getOrDefault(kind.group(), Set.of()).contains(kind.name());
    }

    /** A custom resource that may become pods in a namespace. */
    public Optional<Source> within(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace));
    }
}
