package io.meshwright.mesh.install;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Custom resources of which an operator may make pods and Services, such as a Prometheus or the Cluster of a database,
 * by their namespace: these are not among the manifests. What a kind that is not known here becomes nobody can tell.
 */
public final class Operators {
    /** Of Kubernetes, Istio and programs that route, deliver, watch, certify and guard; groups below them too. */
    private static final Set<String> WITHOUT_PODS =
            Set.of(("apps autoscaling batch bitnami.com cattle.io cert-manager.io cilium.io cloud.google.com"
                            + " config.openshift.io configuration.konghq.com elbv2.k8s.aws extensions external-secrets.io"
                            + " gatekeeper.sh gateway.envoyproxy.io getambassador.io infisical.com isindir.github.com"
                            + " istio.io k8s.io karpenter.k8s.aws karpenter.sh keda.sh kiali.io kyverno.io linkerd.io"
                            + " longhorn.io meshwright.io metallb.io metallb.universe.tf networking.gke.io onepassword.com"
                            + " policy projectcalico.org route.openshift.io secrets.hashicorp.com stakater.com"
                            + " toolkit.fluxcd.io traefik.containo.us traefik.io velero.io")
                    .split(" "));

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
            "flagger.app",
            Set.of("AlertProvider", "Canary", "MetricTemplate"),
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
                && aboveOrSame(kind.group()).noneMatch(WITHOUT_PODS::contains)
                && !KINDS_WITHOUT_PODS.getOrDefault(kind.group(), Set.of()).contains(kind.name());
    }

    private static Stream<String> aboveOrSame(String group) {
        return Stream.iterate(
                group,
                part -> !part.isEmpty(),
                part -> part.contains(".") ? part.substring(part.indexOf('.') + 1) : "");
    }

    /** A custom resource that may become pods and Services in a namespace. */
    public Optional<Source> within(String namespace) {
        return Optional.ofNullable(byNamespace.get(namespace));
    }
}
