package io.meshwright.construct.traffic;

import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.meshwright.construct.traffic.Rollout.Argument;
import io.meshwright.construct.traffic.Rollout.BackgroundAnalysis;
import io.meshwright.construct.traffic.Rollout.CanaryStep;
import io.meshwright.construct.traffic.Rollout.CanaryStrategy;
import io.meshwright.construct.traffic.Rollout.IstioRouting;
import io.meshwright.construct.traffic.Rollout.PodHash;
import io.meshwright.construct.traffic.Rollout.RoutedService;
import io.meshwright.construct.traffic.Rollout.SubsetPair;
import io.meshwright.construct.traffic.Rollout.Template;
import io.meshwright.construct.traffic.Rollout.TrafficRouting;
import io.meshwright.value.traffic.Step;
import java.util.List;
import java.util.stream.Stream;

/** Makes the Rollout of what a {@link ProgressiveRollout} is given. */
final class RolloutObject {
    private final ProgressiveRollout.Props props;
    private final String analysisTemplate;

    RolloutObject(ProgressiveRollout.Props props, String analysisTemplate) {
        this.props = props;
        this.analysisTemplate = analysisTemplate;
    }

    Rollout render() {
        return new Rollout(
                new ObjectMetaBuilder()
                        .withName(props.name().toString())
                        .withNamespace(props.namespace().toString())
                        .withLabels(props.pod().selector())
                        .build(),
                new Rollout.Spec(
                        props.autoscaled() ? null : props.replicas(),
                        3,
                        600,
                        // A version that never gets ready goes back by itself too.
                        true,
                        new LabelSelectorBuilder()
                                .withMatchLabels(props.pod().selector())
                                .build(),
                        props.pod().render(),
                        new Rollout.Strategy(canary())));
    }

    private CanaryStrategy canary() {
        return new CanaryStrategy(
                1,
                0,
                new TrafficRouting(istio()),
                analysis(),
                props.release().steps().stream().flatMap(RolloutObject::steps).toList());
    }

    private IstioRouting istio() {
        return IstioRouting.of(
                props.routes().stream().map(this::virtualService).toList(),
                new SubsetPair(props.destinationRule().toString(), Subsets.STABLE, Subsets.CANARY));
    }

    private RoutedService virtualService(ManagedRoutes managed) {
        return new RoutedService(
                managed.namespace().equals(props.namespace())
                        ? managed.virtualService().toString()
                        : "%s.%s".formatted(managed.virtualService(), managed.namespace()),
                managed.routes());
    }

    // From the first step on and until the last: a failure at any weight, in a manual pause too, takes all traffic
    // back.
    private BackgroundAnalysis analysis() {
        return new BackgroundAnalysis(
                1,
                List.of(new Template(analysisTemplate)),
                List.of(
                        new Argument(CanaryQueries.CANARY, new PodHash("Latest")),
                        new Argument(CanaryQueries.STABLE, new PodHash("Stable"))));
    }

    private static Stream<CanaryStep> steps(Step step) {
        return Stream.of(
                CanaryStep.weight(step.weight().value()),
                CanaryStep.pause(step.approve() ? null : step.pause().toString()));
    }
}
