package io.meshwright.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Ten thousand documents of a mesh in order, ten for each of a thousand services; run {@code main} with a folder to
 * write them there and time a whole check of it.
 */
final class LargeMesh {
    static final int SERVICES = 1000;
    static final int DOCUMENTS_PER_SERVICE = 10;
    private static final int SERVICES_PER_NAMESPACE = 20;

    private static final String PLATFORM = """
      apiVersion: argoproj.io/v1alpha1
      kind: Application
      metadata: {name: gateway, namespace: argocd}
      spec:
        project: default
        source:
          repoURL: https://istio-release.storage.googleapis.com/charts
          chart: gateway
          targetRevision: 1.26.2
          helm: {releaseName: ingress}
        destination: {server: https://kubernetes.default.svc, namespace: istio-ingress}
      ---
      apiVersion: networking.istio.io/v1
      kind: Gateway
      metadata: {name: public, namespace: istio-ingress}
      spec:
        selector: {istio: ingress}
        servers: [{port: {number: 80, name: http, protocol: HTTP}, hosts: ["*.example.org"]}]
      """;

    private static final String NAMESPACE = """
      ---
      apiVersion: v1
      kind: Namespace
      metadata: {name: team-%d, labels: {istio-injection: enabled}}
      """;

    private static final String SERVICE = """
      ---
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: %1$s, namespace: %2$s, labels: {app: %1$s}}
      spec:
        replicas: 3
        selector: {matchLabels: {app: %1$s}}
        template:
          metadata: {labels: {app: %1$s, version: v1}}
          spec:
            serviceAccountName: %1$s
            securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
            containers:
            - name: main
              image: registry.example.org/shop/%1$s:1.2.3
              ports: [{name: http, containerPort: 8080}]
              env: [{name: POD, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]
              resources: {requests: {cpu: 100m, memory: 256Mi}, limits: {memory: 512Mi}}
              readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 10}
              volumeMounts: [{name: tmp, mountPath: /tmp}]
            volumes: [{name: tmp, emptyDir: {}}]
      ---
      apiVersion: v1
      kind: Service
      metadata: {name: %1$s, namespace: %2$s}
      spec: {selector: {app: %1$s}, ports: [{name: http, port: 80, targetPort: http}]}
      ---
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: %1$s, namespace: %2$s}
      ---
      apiVersion: networking.istio.io/v1
      kind: VirtualService
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        hosts: [%1$s.example.org]
        gateways: [istio-ingress/public]
        http:
        - name: api
          match: [{uri: {prefix: /api/}}]
          timeout: 10s
          retries: {attempts: 2, perTryTimeout: 3s, retryOn: "connect-failure,refused-stream"}
          route: [{destination: {host: %1$s, subset: v1, port: {number: 80}}}]
        - name: rest
          route: [{destination: {host: %1$s, subset: v1, port: {number: 80}}}]
      ---
      apiVersion: networking.istio.io/v1
      kind: DestinationRule
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        host: %1$s
        exportTo: ["*"]
        trafficPolicy: {connectionPool: {tcp: {connectTimeout: 3s}}}
        subsets: [{name: v1, labels: {version: v1}}]
      ---
      apiVersion: security.istio.io/v1
      kind: AuthorizationPolicy
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        selector: {matchLabels: {app: %1$s}}
        rules:
        - from: [{source: {principals: [cluster.local/ns/istio-ingress/sa/ingress]}}]
          to: [{operation: {ports: ["8080"]}}]
      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        podSelector: {matchLabels: {app: %1$s}}
        policyTypes: [Ingress]
        ingress:
        - from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: istio-ingress}}}]
          ports: [{port: 8080, protocol: TCP}]
      ---
      apiVersion: security.istio.io/v1
      kind: PeerAuthentication
      metadata: {name: %1$s, namespace: %2$s}
      spec: {selector: {matchLabels: {app: %1$s}}, mtls: {mode: STRICT}}
      ---
      apiVersion: policy/v1
      kind: PodDisruptionBudget
      metadata: {name: %1$s, namespace: %2$s}
      spec: {maxUnavailable: 1, selector: {matchLabels: {app: %1$s}}}
      ---
      apiVersion: autoscaling/v2
      kind: HorizontalPodAutoscaler
      metadata: {name: %1$s, namespace: %2$s}
      spec:
        scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: %1$s}
        minReplicas: 3
        maxReplicas: 9
        metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
      """;

    private LargeMesh() {}

    /** The documents of one service; the first of a namespace bring the namespace with them. */
    static String documents(int service) {
        String namespace =
                service % SERVICES_PER_NAMESPACE == 0 ? NAMESPACE.formatted(service / SERVICES_PER_NAMESPACE) : "";
        return namespace.concat(SERVICE.formatted(
                "service-%d".formatted(service), "team-%d".formatted(service / SERVICES_PER_NAMESPACE)));
    }

    static String platform() {
        return PLATFORM;
    }

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Files.writeString(folder.resolve("platform.yaml"), PLATFORM);
        for (int service = 0; service < SERVICES; service++) {
            Files.writeString(folder.resolve("service-%04d.yaml".formatted(service)), documents(service));
        }
    }
}
