package io.meshwright.construct.healing;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.construct.network.NetworkPolicies;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Name;
import io.meshwright.value.healing.HealingNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.constructs.Construct;

/**
 * Ground of all processes in their namespace: the one switch, nothing but declared calls, and the certificate by which
 * Alertmanager proves who it is.
 */
public final class HealingGround extends Construct {
    private HealingGround(Construct scope, String id, HealingMonitoring monitoring, Optional<Name> issuer) {
        super(scope, id);
        KubernetesObject.of(
                this,
                "switch",
                new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(HealingNames.SHARED.toString())
                        .withNamespace(HealingNames.NAMESPACE.toString())
                        .endMetadata()
                        .withData(Map.of(HealingNames.SWITCH, "true"))
                        .build());
        new NetworkPolicies(this).denyAll("default-deny", "default-deny", HealingNames.NAMESPACE);
        issuer.ifPresent(name -> HealingCertificate.client(
                this,
                monitoring.alertmanager().namespace(),
                HealingNames.CLIENT.toString(),
                name,
                monitoring.caller()));
    }

    /**
     * Makes all of it.
     *
     * @param issuer a ClusterIssuer of a CA of one's own; empty: the Secret is made by hand
     */
    public static HealingGround of(Construct scope, String id, HealingMonitoring monitoring, Optional<Name> issuer) {
        return ConstructMaker.make(scope, id, () -> new HealingGround(scope, id, monitoring, issuer));
    }

    /** Fields that people and processes write: who switched it off is not overruled by Git. */
    public List<IgnoredDifference> drift() {
        return List.of(new IgnoredDifference(
                "",
                "ConfigMap",
                HealingNames.SHARED.toString(),
                Optional.of(HealingNames.NAMESPACE.toString()),
                List.of(".data.%s".formatted(HealingNames.SWITCH))));
    }
}
