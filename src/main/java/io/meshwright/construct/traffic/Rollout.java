package io.meshwright.construct.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Rollout of Argo Rollouts: the fields that we give, in the order in which they are written. Its pods are the same
 * models as those of a Deployment; its binding has hundreds of types for them.
 */
@Group("argoproj.io")
@Version("v1alpha1")
final class Rollout extends CustomResource<Rollout.Spec, Void> {
    private static final long serialVersionUID = 1;

    Rollout(ObjectMeta metadata, Spec spec) {
        setMetadata(metadata);
        setSpec(spec);
    }

    // Otherwise the constructor asks for one without arguments.
    @Override
    protected @Nullable Spec initSpec() {
        return null;
    }

    /**
     * The number and template of pods, and the way in which a new one takes the place of the old.
     *
     * @param replicas null where an autoscaler decides
     * @param progressDeadlineSeconds after which a version that does not get ready has failed
     * @param progressDeadlineAbort then goes back by itself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Spec(
            @Nullable Integer replicas,
            int revisionHistoryLimit,
            int progressDeadlineSeconds,
            boolean progressDeadlineAbort,
            LabelSelector selector,
            PodTemplateSpec template,
            Strategy strategy) {}

    record Strategy(CanaryStrategy canary) {}

    record CanaryStrategy(
            int maxSurge,
            int maxUnavailable,
            TrafficRouting trafficRouting,
            BackgroundAnalysis analysis,
            List<CanaryStep> steps) {
        CanaryStrategy {
            steps = List.copyOf(steps);
        }
    }

    record TrafficRouting(IstioRouting istio) {}

    /**
     * The objects that Argo Rollouts writes to.
     *
     * @param virtualService if it is one
     * @param virtualServices if they are several, and never both
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record IstioRouting(
            @Nullable RoutedService virtualService,
            @Nullable List<RoutedService> virtualServices,
            SubsetPair destinationRule) {
        static IstioRouting of(List<RoutedService> services, SubsetPair destinationRule) {
            return services.size() == 1
                    ? new IstioRouting(services.get(0), null, destinationRule)
                    : new IstioRouting(null, services, destinationRule);
        }
    }

    /** Named routes of a VirtualService: without names Argo Rollouts takes whichever route it finds first. */
    record RoutedService(String name, List<String> routes) {}

    record SubsetPair(String name, String stableSubsetName, String canarySubsetName) {}

    /** An analysis that runs beside the steps from {@code startingStep} on. */
    record BackgroundAnalysis(int startingStep, List<Template> templates, List<Argument> args) {}

    record Template(String templateName) {}

    record Argument(String name, PodHash valueFrom) {}

    record PodHash(String podTemplateHashValue) {}

    /** One of its fields is given. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CanaryStep(@Nullable Integer setWeight, @Nullable Pause pause) {
        static CanaryStep weight(int percent) {
            return new CanaryStep(percent, null);
        }

        /** Waits for so long, or, with null, until a person lets it go on. */
        static CanaryStep pause(@Nullable String duration) {
            return new CanaryStep(null, new Pause(duration));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Pause(@Nullable String duration) {}
}
