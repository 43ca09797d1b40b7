package io.meshwright.value;

/** Names that Kubernetes gives by itself. */
public final class KubernetesNames {
    /** The label that stands on every namespace and holds its name [kubernetes.io, "Automatic labelling"]. */
    public static final String NAMESPACE_LABEL = "kubernetes.io/metadata.name";

    /** The domain of a cluster that was given no other [kubernetes.io, "DNS for Services and Pods"]. */
    private static final String CLUSTER_DOMAIN = "cluster.local";

    private KubernetesNames() {}

    /** The name of a Service that means the same in every namespace. */
    public static Host serviceHost(Name service, Name namespace) {
        return Host.of(serviceHost(service.toString(), namespace.toString()));
    }

    /** The same of names that were not checked, such as those that metrics hold. */
    public static String serviceHost(String service, String namespace) {
        return "%s.%s.svc.%s".formatted(service, namespace, CLUSTER_DOMAIN);
    }
}
