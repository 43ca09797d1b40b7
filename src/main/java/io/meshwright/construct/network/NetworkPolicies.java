package io.meshwright.construct.network;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpec;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicySpecBuilder;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import io.meshwright.value.security.Party;
import java.util.List;
import java.util.Map;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/** Adds NetworkPolicies to one construct: each selects the pods of one party and admits what its rules say. */
public final class NetworkPolicies {
    private static final String INGRESS = "Ingress";
    private static final String EGRESS = "Egress";

    private final Construct scope;

    public NetworkPolicies(Construct scope) {
        this.scope = scope;
    }

    /** Denies every pod of a namespace every call, both ways. */
    public ApiObject denyAll(String id, String name, Name namespace) {
        return policy(
                id,
                name,
                namespace,
                spec(Map.of()).withPolicyTypes(INGRESS, EGRESS).build());
    }

    /** Denies the pods every call but these. */
    public ApiObject ingress(String id, String name, Party pods, List<NetworkPolicyIngressRule> rules) {
        return policy(
                id,
                name,
                pods.namespace(),
                spec(pods.podLabels())
                        .withPolicyTypes(INGRESS)
                        .withIngress(rules)
                        .build());
    }

    /** Denies the pods to call anybody but these. */
    public ApiObject egress(String id, String name, Party pods, List<NetworkPolicyEgressRule> rules) {
        return policy(
                id,
                name,
                pods.namespace(),
                spec(pods.podLabels()).withPolicyTypes(EGRESS).withEgress(rules).build());
    }

    /** Both in one policy; without rules of a direction, nothing in that direction. */
    public ApiObject both(
            String id,
            String name,
            Party pods,
            List<NetworkPolicyIngressRule> ingress,
            List<NetworkPolicyEgressRule> egress) {
        return policy(
                id,
                name,
                pods.namespace(),
                spec(pods.podLabels())
                        .withPolicyTypes(INGRESS, EGRESS)
                        .withIngress(ingress)
                        .withEgress(egress)
                        .build());
    }

    private static NetworkPolicySpecBuilder spec(Map<String, String> labels) {
        return new NetworkPolicySpecBuilder().withPodSelector(NetworkRules.selector(labels));
    }

    private ApiObject policy(String id, String name, Name namespace, NetworkPolicySpec spec) {
        return KubernetesObject.of(
                scope,
                id,
                new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace(namespace.value())
                        .endMetadata()
                        .withSpec(spec)
                        .build());
    }
}
