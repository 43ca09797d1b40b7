package io.meshwright.construct.delivery.istio;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.meshwright.builders.Buildable;
import io.meshwright.construct.object.ConstructMaker;
import io.meshwright.construct.object.KubernetesObject;
import io.meshwright.value.Defaulted;
import io.meshwright.value.Name;
import io.meshwright.value.Required;
import io.meshwright.value.istio.IstioLabels;
import io.meshwright.value.istio.IstioNames;
import java.util.Map;
import java.util.TreeMap;
import org.cdk8s.ApiObject;
import software.constructs.Construct;

/**
 * A tag of Istio: the webhook by which namespaces that are labelled with it get the proxies of one control plane. It is
 * an object of its own and no value of the istiod chart, because moving it between two charts would delete it for a
 * moment, and pods that start in that moment would have no proxy.
 */
public final class RevisionTag extends Construct {
    private final ApiObject webhook;

    private RevisionTag(Construct scope, String id, Props props) {
        super(scope, id);
        // istiod puts its root certificate into the webhooks of its own revision [istio/istio,
        // pkg/webhooks/webhookpatch.go].
        Map<String, String> labels = new TreeMap<>(Map.of(
                "app",
                "sidecar-injector",
                IstioLabels.TAG,
                props.tag().value(),
                IstioLabels.REVISION,
                props.revision().label()));
        this.webhook = KubernetesObject.of(
                this,
                "Resource",
                new MutatingWebhookConfigurationBuilder()
                        .withNewMetadata()
                        .withName(webhook(props.tag()))
                        .withLabels(labels)
                        .endMetadata()
                        .withWebhooks(
                                injection("rev.namespace", props, inNamespaceWith(props.tag()), podsThatDoNotRefuse()),
                                injection("rev.object", props, inNamespaceWithout(), podsWith(props.tag())))
                        .build());
    }

    /** The webhook configuration, for what this construct cannot say. */
    public ApiObject resource() {
        return webhook;
    }

    static String webhook(Name tag) {
        return "istio-revision-tag-%s".formatted(tag);
    }

    private static MutatingWebhook injection(String prefix, Props props, LabelSelector namespaces, LabelSelector pods) {
        return new MutatingWebhookBuilder()
                .withName("%s.sidecar-injector.istio.io".formatted(prefix))
                .withNewClientConfig()
                .withNewService()
                .withName(props.revision().istiod().value())
                .withNamespace(props.namespace().value())
                .withPath("/inject")
                .withPort(443)
                .endService()
                .endClientConfig()
                .addNewRule()
                .withOperations("CREATE")
                .withApiGroups("")
                .withApiVersions("v1")
                .withResources("pods")
                .endRule()
                .withNamespaceSelector(namespaces)
                .withObjectSelector(pods)
                .withFailurePolicy("Fail")
                .withSideEffects("None")
                .withAdmissionReviewVersions("v1")
                .build();
    }

    private static LabelSelector inNamespaceWith(Name tag) {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(IstioLabels.REVISION)
                .withOperator("In")
                .withValues(tag.value())
                .endMatchExpression()
                .addNewMatchExpression()
                .withKey(IstioLabels.INJECTION)
                .withOperator("DoesNotExist")
                .endMatchExpression()
                .build();
    }

    private static LabelSelector inNamespaceWithout() {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(IstioLabels.REVISION)
                .withOperator("DoesNotExist")
                .endMatchExpression()
                .addNewMatchExpression()
                .withKey(IstioLabels.INJECTION)
                .withOperator("DoesNotExist")
                .endMatchExpression()
                .build();
    }

    private static LabelSelector podsThatDoNotRefuse() {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(IstioLabels.INJECT)
                .withOperator("NotIn")
                .withValues("false")
                .endMatchExpression()
                .build();
    }

    private static LabelSelector podsWith(Name tag) {
        return new LabelSelectorBuilder()
                .addNewMatchExpression()
                .withKey(IstioLabels.INJECT)
                .withOperator("NotIn")
                .withValues("false")
                .endMatchExpression()
                .addNewMatchExpression()
                .withKey(IstioLabels.REVISION)
                .withOperator("In")
                .withValues(tag.value())
                .endMatchExpression()
                .build();
    }

    /**
     * All that a tag needs.
     *
     * @param tag by which namespaces are labelled
     * @param revision the control plane that it points at
     * @param namespace where the control plane runs; default {@code istio-system}
     */
    @Buildable
    record Props(
            @Required Name tag,
            @Required Revision revision,
            @Defaulted Name namespace) {
        Props {
            namespace = namespace == null ? IstioNames.ROOT_NAMESPACE : namespace;
        }
    }

    /** Collects what a tag needs. */
    public static final class Builder extends RevisionTagSetters<Builder> {
        private final Construct scope;
        private final String id;

        private Builder(Construct scope, String id) {
            this.scope = scope;
            this.id = id;
        }

        public static Builder create(Construct scope, String id) {
            return new Builder(scope, id);
        }

        public RevisionTag build() {
            return ConstructMaker.make(scope, id, () -> new RevisionTag(scope, id, props()));
        }
    }
}
