package io.meshwright.rehearsal.standin;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirementBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Stands in for AKS' admission enforcer, which keeps every webhook out of AKS' own namespaces and writes its
 * expressions again whenever they are gone [learn.microsoft.com/azure/aks/faq; the three as seen on AKS from 1.25.11 on
 * in DataDog/datadog-agent#10413 and #19965, Azure/AKS#4002].
 */
public final class AdmissionEnforcer implements StandIn {
    static final List<LabelSelectorRequirement> EXPRESSIONS = List.of(
            expression("control-plane", "DoesNotExist"),
            expression("control-plane", "NotIn", "true"),
            expression("kubernetes.azure.com/managedby", "NotIn", "aks"));

    @Override
    public void act(KubernetesClient client) {
        var admission = client.admissionRegistration().v1();
        for (MutatingWebhookConfiguration each :
                admission.mutatingWebhookConfigurations().list().getItems()) {
            boolean[] changed = {false};
            each.getWebhooks()
                    .forEach(hook -> changed[0] |= enforce(hook::getNamespaceSelector, hook::setNamespaceSelector));
            write(client, each, changed[0]);
        }
        for (ValidatingWebhookConfiguration each :
                admission.validatingWebhookConfigurations().list().getItems()) {
            boolean[] changed = {false};
            each.getWebhooks()
                    .forEach(hook -> changed[0] |= enforce(hook::getNamespaceSelector, hook::setNamespaceSelector));
            write(client, each, changed[0]);
        }
    }

    private static boolean enforce(Supplier<LabelSelector> get, Consumer<LabelSelector> set) {
        LabelSelector selector = get.get() == null ? new LabelSelector() : get.get();
        List<LabelSelectorRequirement> missing = new ArrayList<>(EXPRESSIONS);
        missing.removeAll(selector.getMatchExpressions());
        set.accept(new LabelSelectorBuilder(selector)
                .addAllToMatchExpressions(missing)
                .build());
        return !missing.isEmpty();
    }

    /** Written only if nobody wrote meanwhile: the next round looks again. */
    private static void write(KubernetesClient client, HasMetadata configuration, boolean changed) {
        if (changed) {
            client.resource(configuration)
                    .lockResourceVersion(configuration.getMetadata().getResourceVersion())
                    .update();
        }
    }

    private static LabelSelectorRequirement expression(String key, String operator, String... values) {
        return new LabelSelectorRequirementBuilder()
                .withKey(key)
                .withOperator(operator)
                .withValues(values)
                .build();
    }
}
