package io.meshwright.construct.delivery.chart;

import java.util.List;

/** The kinds of objects that the charts of the compatibility table contain, as {@code helm template} shows them. */
public final class ChartKinds {
    /** Of Istio's node agent, where a platform wants one. */
    public static final GroupKind QUOTA = new GroupKind("", "ResourceQuota");

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";

    private ChartKinds() {}

    public static List<GroupKind> clusterScoped() {
        return List.of(
                new GroupKind(ADMISSION, "MutatingWebhookConfiguration"),
                new GroupKind(ADMISSION, "ValidatingWebhookConfiguration"),
                new GroupKind("apiextensions.k8s.io", "CustomResourceDefinition"),
                new GroupKind(RBAC, "ClusterRole"),
                new GroupKind(RBAC, "ClusterRoleBinding"));
    }

    /** Kinds of KEDA's chart besides: it serves metrics to autoscalers. */
    public static List<GroupKind> ofKeda() {
        return List.of(new GroupKind("apiregistration.k8s.io", "APIService"));
    }

    /** Kinds of the charts of CSI drivers besides, by which the kubelet knows them. */
    public static List<GroupKind> ofDrivers() {
        return List.of(new GroupKind("storage.k8s.io", "CSIDriver"));
    }

    public static List<GroupKind> namespaced() {
        return List.of(
                new GroupKind("", "ConfigMap"),
                new GroupKind("", "Secret"),
                new GroupKind("", "Service"),
                new GroupKind("", "ServiceAccount"),
                new GroupKind("apps", "DaemonSet"),
                new GroupKind("apps", "Deployment"),
                new GroupKind("apps", "StatefulSet"),
                new GroupKind("batch", "Job"),
                new GroupKind("networking.k8s.io", "NetworkPolicy"),
                new GroupKind("policy", "PodDisruptionBudget"),
                new GroupKind(RBAC, "Role"),
                new GroupKind(RBAC, "RoleBinding"));
    }
}
