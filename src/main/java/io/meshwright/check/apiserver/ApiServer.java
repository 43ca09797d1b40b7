package io.meshwright.check.apiserver;

import io.meshwright.check.admission.field.Field;
import io.meshwright.check.admission.field.Objection;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.IstioVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Objections of the API server to an object whose kind it knows, beyond the schema. */
public final class ApiServer {
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final Kind SCALER = new Kind("autoscaling", "HorizontalPodAutoscaler");
    private static final Kind INGRESS = new Kind("networking.k8s.io", "Ingress");
    private static final Map<Kind, Consumer<Field>> RULES = rules();

    // Their schemas do not ask for a spec, and nothing can be made of them without one.
    private static final Set<Kind> SPECIFIED = Set.of(
            Kind.POD,
            Kind.DEPLOYMENT,
            Kind.STATEFUL_SET,
            Kind.DAEMON_SET,
            Kind.REPLICA_SET,
            Kind.JOB,
            Kind.CRON_JOB,
            Kind.SERVICE,
            Kind.PERSISTENT_VOLUME_CLAIM,
            SCALER,
            INGRESS);

    private ApiServer() {}

    private static Map<Kind, Consumer<Field>> rules() {
        Map<Kind, Consumer<Field>> rules = new TreeMap<>();
        rules.put(Kind.POD, pod -> PodRules.examine(pod.at("spec"), List.of()));
        rules.put(Kind.DEPLOYMENT, WorkloadRules::deployment);
        rules.put(Kind.STATEFUL_SET, WorkloadRules::statefulSet);
        rules.put(Kind.DAEMON_SET, WorkloadRules::daemonSet);
        rules.put(Kind.REPLICA_SET, WorkloadRules::selected);
        rules.put(Kind.JOB, job -> JobRules.job(job.at("spec")));
        rules.put(Kind.CRON_JOB, job -> JobRules.cronJob(job.at("spec")));
        rules.put(new Kind("", "ReplicationController"), old -> WorkloadRules.controller(old.at("spec")));
        rules.put(Kind.PERSISTENT_VOLUME, volume -> StorageRules.volume(volume.at("spec")));
        rules.put(Kind.MUTATING_WEBHOOK, WebhookRules::examine);
        rules.put(new Kind(Kind.MUTATING_WEBHOOK.group(), "ValidatingWebhookConfiguration"), WebhookRules::examine);
        rules.put(Kind.SERVICE, service -> ServiceRules.examine(service.at("spec")));
        rules.put(INGRESS, IngressRules::examine);
        rules.put(Kind.NETWORK_POLICY, policy -> NetworkPolicyRules.examine(policy.at("spec")));
        rules.put(Kind.CONFIG_MAP, DataRules::configMap);
        rules.put(Kind.SECRET, DataRules::secret);
        rules.put(Kind.PERSISTENT_VOLUME_CLAIM, claim -> StorageRules.claim(claim.at("spec")));
        rules.put(SCALER, scaler -> ScalingRules.autoscaler(scaler.at("spec")));
        rules.put(new Kind("policy", "PodDisruptionBudget"), budget -> ScalingRules.budget(budget.at("spec")));
        rules.put(new Kind(RBAC, "ClusterRole"), role -> RbacRules.role(role, true));
        rules.put(new Kind(RBAC, "Role"), role -> RbacRules.role(role, false));
        rules.put(new Kind(RBAC, "ClusterRoleBinding"), binding -> RbacRules.binding(binding, true));
        rules.put(new Kind(RBAC, "RoleBinding"), binding -> RbacRules.binding(binding, false));
        return rules;
    }

    /** In the order of the fields. */
    public static List<Objection> objections(Manifest manifest, IstioVersion version) {
        List<Objection> objections = new ArrayList<>();
        Field object = Field.of(manifest, version, objections);
        Metadata.examine(object);
        if (SPECIFIED.contains(manifest.kind()) && !object.at("spec").isSet()) {
            object.refuse("there is no spec", "Write it.");
        }
        RULES.getOrDefault(manifest.kind(), any -> {}).accept(object);
        return objections;
    }
}
