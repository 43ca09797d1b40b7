package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Name;
import io.meshwright.value.healing.HealingNames;
import java.util.ArrayList;
import java.util.List;

/** Self-healing has whom it asks before it acts, and a namespace of its own. */
public final class HealingHasItsParts implements Agreement {
    private static final KeyPath HEALING = KeyPath.of("aiOps.healing");

    @Override
    public List<InvalidValue> refusals(Environment environment) {
        if (environment.aiOps() == null || environment.aiOps().healing() == null) {
            return List.of();
        }
        List<InvalidValue> refusals = new ArrayList<>();
        if (!environment.delivery().isByArgoCd()) {
            refusals.add(new InvalidValue(
                    HEALING,
                    "asks Argo CD whether a sync is under way, and delivery.type is %s"
                            .formatted(environment.delivery().type().word()),
                    "remove it, or let Argo CD deliver"));
        }
        if (!environment.observability().parts().runsPrometheus()) {
            refusals.add(new InvalidValue(
                    HEALING,
                    "is started by an Alertmanager of ours, and observability.prometheus is not ours",
                    "remove it, or observability.prometheus"));
        }
        namespaces(environment, refusals);
        return refusals;
    }

    private static void namespaces(Environment environment, List<InvalidValue> refusals) {
        if (environment.namespaces().containsKey(HealingNames.NAMESPACE)) {
            refusals.add(reserved(KeyPath.of("namespaces").key(HealingNames.NAMESPACE.toString())));
        }
        Name tools = environment.observability().namespace();
        if (HealingNames.NAMESPACE.equals(tools)) {
            refusals.add(reserved(KeyPath.of("observability.namespace")));
        }
    }

    private static InvalidValue reserved(KeyPath at) {
        return new InvalidValue(
                at, "\"healing\" holds the processes of aiOps.healing and nothing else", "take another name");
    }
}
