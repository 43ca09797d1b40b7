package io.meshwright.stack.assistant;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import java.util.List;

/**
 * The kinds that the assistant reads: none of them is a Secret or a ConfigMap, and no subresource but logs and states.
 */
final class ReadableKinds {
    private static final List<String> VERBS = List.of("get", "list", "watch");

    private ReadableKinds() {}

    static List<PolicyRule> ofCluster() {
        return List.of(
                read("", "namespaces", "nodes", "persistentvolumes"),
                read("storage.k8s.io", "storageclasses"),
                read("apiextensions.k8s.io", "customresourcedefinitions"),
                read("apiregistration.k8s.io", "apiservices"),
                read("gateway.networking.k8s.io", "gatewayclasses"));
    }

    static List<PolicyRule> ofNamespaces() {
        return List.of(
                read(
                        "",
                        "endpoints",
                        "events",
                        "persistentvolumeclaims",
                        "pods",
                        "pods/log",
                        "pods/status",
                        "resourcequotas",
                        "serviceaccounts",
                        "services"),
                read("apps", "daemonsets", "deployments", "replicasets", "statefulsets"),
                read("batch", "cronjobs", "jobs"),
                read("autoscaling", "horizontalpodautoscalers"),
                read("discovery.k8s.io", "endpointslices"),
                read("events.k8s.io", "events"),
                read("networking.k8s.io", "ingresses", "networkpolicies"),
                read("policy", "poddisruptionbudgets"),
                read(
                        "networking.istio.io",
                        "destinationrules",
                        "envoyfilters",
                        "gateways",
                        "serviceentries",
                        "sidecars",
                        "virtualservices",
                        "workloadentries"),
                read("security.istio.io", "authorizationpolicies", "peerauthentications", "requestauthentications"),
                read("telemetry.istio.io", "telemetries"),
                read("gateway.networking.k8s.io", "gateways", "grpcroutes", "httproutes", "referencegrants"),
                read("argoproj.io", "analysisruns", "applications", "experiments", "rollouts"),
                read("keda.sh", "scaledobjects"),
                read("cert-manager.io", "certificates", "certificaterequests"));
    }

    private static PolicyRule read(String group, String... resources) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(VERBS)
                .build();
    }
}
