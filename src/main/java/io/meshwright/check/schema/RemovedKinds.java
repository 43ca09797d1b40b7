package io.meshwright.check.schema;

import io.meshwright.manifest.Manifest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Kinds in versions that Kubernetes does not serve: those that it removed, and those that it never had. */
final class RemovedKinds {
    // kubernetes.io, deprecated API migration guide: version, kinds, the release without them, where they went.
    private static final String GUIDE = """
      extensions/v1beta1 DaemonSet,Deployment,ReplicaSet 1.16 apps/v1
      extensions/v1beta1 NetworkPolicy 1.16 networking.k8s.io/v1
      extensions/v1beta1 PodSecurityPolicy 1.16 -
      extensions/v1beta1 Ingress 1.22 networking.k8s.io/v1
      apps/v1beta1 Deployment,StatefulSet,ControllerRevision 1.16 apps/v1
      apps/v1beta2 DaemonSet,Deployment,ReplicaSet,StatefulSet,ControllerRevision 1.16 apps/v1
      batch/v2alpha1 CronJob 1.21 batch/v1
      scheduling.k8s.io/v1alpha1 PriorityClass 1.17 scheduling.k8s.io/v1
      admissionregistration.k8s.io/v1beta1 MutatingWebhookConfiguration,ValidatingWebhookConfiguration 1.22 \
      admissionregistration.k8s.io/v1
      apiextensions.k8s.io/v1beta1 CustomResourceDefinition 1.22 apiextensions.k8s.io/v1
      apiregistration.k8s.io/v1beta1 APIService 1.22 apiregistration.k8s.io/v1
      certificates.k8s.io/v1beta1 CertificateSigningRequest 1.22 certificates.k8s.io/v1
      coordination.k8s.io/v1beta1 Lease 1.22 coordination.k8s.io/v1
      networking.k8s.io/v1beta1 Ingress,IngressClass 1.22 networking.k8s.io/v1
      rbac.authorization.k8s.io/v1alpha1 ClusterRole,ClusterRoleBinding,Role,RoleBinding 1.22 \
      rbac.authorization.k8s.io/v1
      rbac.authorization.k8s.io/v1beta1 ClusterRole,ClusterRoleBinding,Role,RoleBinding 1.22 \
      rbac.authorization.k8s.io/v1
      scheduling.k8s.io/v1beta1 PriorityClass 1.22 scheduling.k8s.io/v1
      storage.k8s.io/v1beta1 CSIDriver,CSINode,StorageClass,VolumeAttachment 1.22 storage.k8s.io/v1
      batch/v1beta1 CronJob 1.25 batch/v1
      discovery.k8s.io/v1beta1 EndpointSlice 1.25 discovery.k8s.io/v1
      events.k8s.io/v1beta1 Event 1.25 events.k8s.io/v1
      autoscaling/v2beta1 HorizontalPodAutoscaler 1.25 autoscaling/v2
      policy/v1beta1 PodDisruptionBudget 1.25 policy/v1
      policy/v1beta1 PodSecurityPolicy 1.25 -
      node.k8s.io/v1beta1 RuntimeClass 1.25 node.k8s.io/v1
      autoscaling/v2beta2 HorizontalPodAutoscaler 1.26 autoscaling/v2
      storage.k8s.io/v1beta1 CSIStorageCapacity 1.27 storage.k8s.io/v1
      """;
    private static final Pattern STABLE = Pattern.compile("(?:.+/)?v[0-9]+");
    // Requests and answers, which are sent and not stored.
    private static final Pattern PASSING = Pattern.compile(".*List|.*Review|Binding|Eviction|Scale|Status|DeleteOptions"
            .concat("|TokenRequest|PodExecOptions|WatchEvent"));
    private static final Map<String, Removal> REMOVED = removed();

    private record Removal(String release, String successor) {}

    private RemovedKinds() {}

    private static Map<String, Removal> removed() {
        Map<String, Removal> removed = new TreeMap<>();
        GUIDE.lines().map(line -> line.split(" ")).forEach(words -> {
            for (String kind : words[1].split(",")) {
                removed.put("%s %s".formatted(words[0], kind), new Removal(words[2], words[3]));
            }
        });
        return removed;
    }

    /** Why the API server knows nothing of the object's kind in its version; empty when it may. */
    static Optional<Violation> violation(Manifest manifest) {
        String version = manifest.apiVersion();
        String kind = manifest.kind().name();
        Removal removal = REMOVED.get("%s %s".formatted(version, kind));
        if (removal != null) {
            String then = removal.successor().equals("-")
                    ? "nothing took its place"
                    : "it is in %s".formatted(removal.successor());
            return Optional.of(Violation.refused(
                    "/apiVersion",
                    "Kubernetes %s and later serve no %s of %s; %s".formatted(removal.release(), kind, version, then)));
        }
        if (!STABLE.matcher(version).matches()
                || !Definitions.hasVersion(version)
                || PASSING.matcher(kind).matches()) {
            return Optional.empty();
        }
        // OpenShift served kinds of its own as "v1", and files of kubectl and others call themselves so.
        Optional<String> other = Definitions.versionOf(kind).map("; it is in %s"::formatted);
        return version.equals("v1") && other.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Violation.refused("/kind", "%s has no kind %s%s".formatted(version, kind, other.orElse(""))));
    }
}
