package io.meshwright.manifest;

import io.meshwright.value.MeshwrightNames;
import java.util.List;
import java.util.Set;

/** A sort of object: API group and name without the version, because all versions of a kind are one kind. */
public record Kind(String group, String name) implements Comparable<Kind> {
    public static final Kind NAMESPACE = core("Namespace");
    public static final Kind POD = core("Pod");
    public static final Kind SERVICE = core("Service");
    public static final Kind SERVICE_ACCOUNT = core("ServiceAccount");
    public static final Kind SECRET = core("Secret");
    public static final Kind CONFIG_MAP = core("ConfigMap");
    public static final Kind PERSISTENT_VOLUME_CLAIM = core("PersistentVolumeClaim");
    public static final Kind PERSISTENT_VOLUME = core("PersistentVolume");
    public static final Kind STORAGE_CLASS = new Kind("storage.k8s.io", "StorageClass");
    public static final Kind DEPLOYMENT = new Kind("apps", "Deployment");
    public static final Kind STATEFUL_SET = new Kind("apps", "StatefulSet");
    public static final Kind DAEMON_SET = new Kind("apps", "DaemonSet");
    public static final Kind REPLICA_SET = new Kind("apps", "ReplicaSet");
    public static final Kind JOB = new Kind("batch", "Job");
    public static final Kind CRON_JOB = new Kind("batch", "CronJob");
    public static final Kind ROLLOUT = new Kind("argoproj.io", "Rollout");
    public static final Kind APPLICATION = new Kind("argoproj.io", "Application");
    public static final Kind APPLICATION_SET = new Kind("argoproj.io", "ApplicationSet");
    public static final Kind FLUX_RELEASE = new Kind("helm.toolkit.fluxcd.io", "HelmRelease");
    public static final Kind FLUX_KUSTOMIZATION = new Kind("kustomize.toolkit.fluxcd.io", "Kustomization");
    public static final Kind FLUX_CHARTS = fluxSource("HelmRepository");
    public static final Kind FLUX_IMAGES = fluxSource("OCIRepository");
    public static final Kind FLUX_CHART = fluxSource("HelmChart");
    /** Of ours: a chart that nobody installs but people, and the steps in which they do. */
    public static final Kind RELEASE = new Kind(MeshwrightNames.GROUP, "Release");

    /** A file of helmfile, which names neither apiVersion nor kind. */
    public static final Kind HELMFILE = new Kind("helmfile.".concat(MeshwrightNames.GROUP), "Helmfile");

    public static final Kind KUSTOMIZATION = new Kind("kustomize.config.k8s.io", "Kustomization");
    public static final Kind INSTALLATION = new Kind(MeshwrightNames.GROUP, "Installation");
    public static final Kind MUTATING_WEBHOOK =
            new Kind("admissionregistration.k8s.io", "MutatingWebhookConfiguration");
    public static final Kind VALIDATING_WEBHOOK =
            new Kind("admissionregistration.k8s.io", "ValidatingWebhookConfiguration");
    public static final Kind CUSTOM_RESOURCE_DEFINITION = new Kind("apiextensions.k8s.io", "CustomResourceDefinition");
    public static final Kind NETWORK_POLICY = new Kind("networking.k8s.io", "NetworkPolicy");
    public static final Kind INGRESS = new Kind("networking.k8s.io", "Ingress");
    public static final Kind INGRESS_CLASS = new Kind("networking.k8s.io", "IngressClass");
    public static final Kind API_GATEWAY = gatewayApi("Gateway");
    public static final Kind API_GATEWAY_CLASS = gatewayApi("GatewayClass");
    public static final Kind HTTP_ROUTE = gatewayApi("HTTPRoute");
    public static final Kind BACKEND_TLS_POLICY = gatewayApi("BackendTLSPolicy");
    public static final Kind GRPC_ROUTE = gatewayApi("GRPCRoute");
    public static final Kind TLS_ROUTE = gatewayApi("TLSRoute");
    public static final Kind TCP_ROUTE = gatewayApi("TCPRoute");
    public static final Kind LISTENER_SET = gatewayApi("ListenerSet");
    public static final Kind X_LISTENER_SET = new Kind("gateway.networking.x-k8s.io", "XListenerSet");
    public static final Kind REFERENCE_GRANT = gatewayApi("ReferenceGrant");
    public static final Kind GATEWAY = istioNetworking("Gateway");
    public static final Kind VIRTUAL_SERVICE = istioNetworking("VirtualService");
    public static final Kind DESTINATION_RULE = istioNetworking("DestinationRule");
    public static final Kind SERVICE_ENTRY = istioNetworking("ServiceEntry");
    public static final Kind WORKLOAD_ENTRY = istioNetworking("WorkloadEntry");
    public static final Kind WORKLOAD_GROUP = istioNetworking("WorkloadGroup");
    public static final Kind SIDECAR = istioNetworking("Sidecar");
    public static final Kind ENVOY_FILTER = istioNetworking("EnvoyFilter");
    public static final Kind PROXY_CONFIG = istioNetworking("ProxyConfig");
    public static final Kind WASM_PLUGIN = new Kind("extensions.istio.io", "WasmPlugin");
    public static final Kind TRAFFIC_EXTENSION = new Kind("extensions.istio.io", "TrafficExtension");
    public static final Kind PEER_AUTHENTICATION = istioSecurity("PeerAuthentication");
    public static final Kind REQUEST_AUTHENTICATION = istioSecurity("RequestAuthentication");
    public static final Kind AUTHORIZATION_POLICY = istioSecurity("AuthorizationPolicy");
    public static final Kind TELEMETRY = new Kind("telemetry.istio.io", "Telemetry");
    public static final Kind ISTIO_OPERATOR = new Kind("install.istio.io", "IstioOperator");
    public static final Kind SAIL_ISTIO = new Kind("sailoperator.io", "Istio");
    /** Of cert-manager, which writes a Secret for it. */
    public static final Kind CERTIFICATE = new Kind("cert-manager.io", "Certificate");

    public static final Kind EXTERNALS = new Kind(MeshwrightNames.GROUP, "Externals");

    /** Istio's own pages write it for istioctl, which does not read the group; the Sail operator left it in 2025. */
    private static final String FORMER_OPERATORS = "operator.istio.io";

    private static final Set<String> MOVED_TO_APPS = Set.of("Deployment", "DaemonSet", "ReplicaSet");

    /** The kind of an object with this apiVersion, such as {@code networking.istio.io/v1beta1} or {@code v1}. */
    public static Kind of(String apiVersion, String name) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        // Kubernetes 1.16 moved what was left in "extensions" to these groups without changing the kinds.
        if (group.equals("extensions")) {
            group = MOVED_TO_APPS.contains(name) ? "apps" : "networking.k8s.io";
        } else if (group.equals(FORMER_OPERATORS)) {
            return List.of(ISTIO_OPERATOR, SAIL_ISTIO).stream()
                    .filter(kind -> kind.name().equals(name))
                    .findFirst()
                    .orElse(new Kind(group, name));
        }
        return new Kind(group, name);
    }

    private static Kind core(String name) {
        return new Kind("", name);
    }

    private static Kind fluxSource(String name) {
        return new Kind("source.toolkit.fluxcd.io", name);
    }

    private static Kind gatewayApi(String name) {
        return new Kind("gateway.networking.k8s.io", name);
    }

    private static Kind istioNetworking(String name) {
        return new Kind("networking.istio.io", name);
    }

    private static Kind istioSecurity(String name) {
        return new Kind("security.istio.io", name);
    }

    // Written out, since kinds are compared hundreds of thousands of times before what a record brings is compiled.

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Kind kind && name.equals(kind.name) && group.equals(kind.group);
    }

    @Override
    public int hashCode() {
        return 31 * group.hashCode() + name.hashCode();
    }

    @Override
    public int compareTo(Kind other) {
        int byName = name.compareTo(other.name);
        return byName != 0 ? byName : group.compareTo(other.group);
    }

    /** {@code VirtualService.networking.istio.io}; core kinds are their name alone. */
    @Override
    public String toString() {
        return group.isEmpty() ? name : "%s.%s".formatted(name, group);
    }

    /** True for the kinds of the Gateway API. */
    public boolean isOfGatewayApi() {
        return group.equals(HTTP_ROUTE.group);
    }
}
