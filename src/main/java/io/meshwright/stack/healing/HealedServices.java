package io.meshwright.stack.healing;

import io.meshwright.construct.healing.HealingTarget;
import io.meshwright.construct.healing.HealingTarget.Resource;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.environment.aiops.Healing;
import io.meshwright.value.Name;
import io.meshwright.value.healing.HealingAction;
import io.meshwright.value.healing.HealingAlert;
import io.meshwright.value.traffic.Keda;
import io.meshwright.value.traffic.Variant;
import io.meshwright.value.workload.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the objects of an environment's services on which an action may be taken. */
public final class HealedServices {
    private final Environment environment;

    public HealedServices(Environment environment) {
        this.environment = environment;
    }

    /** The targets of one action, in the order of the file. */
    public List<HealingTarget> targets(Healing.Asked asked) {
        return asked.named().stream()
                .flatMap(name -> of(asked, name, service(name)).stream())
                .toList();
    }

    /**
     * The alerts of one action as Alertmanager matches them: those of these services, or of the pods of their
     * workloads, and no others; one list of matchers for each namespace.
     */
    public List<List<String>> routes(Healing.Asked asked) {
        HealingAlert.About about = asked.action().about();
        String alerts = asked.startedBy().stream()
                .map(HealingAlert::alertName)
                .sorted()
                .distinct()
                .collect(Collectors.joining("|"));
        TreeMap<Name, TreeSet<String>> byNamespace = new TreeMap<>();
        targets(asked)
                .forEach(target -> byNamespace
                        .computeIfAbsent(target.namespace(), any -> new TreeSet<>())
                        .add(
                                about == HealingAlert.About.POD
                                        ? "%s-.+".formatted(target.name())
                                        : target.service().toString()));
        return byNamespace.entrySet().stream()
                .map(entry -> List.of(
                        "alertname=~\"%s\"".formatted(alerts),
                        "%s=\"%s\"".formatted(about.namespaceLabel(), entry.getKey()),
                        "%s=~\"%s\"".formatted(about.nameLabel(), String.join("|", entry.getValue()))))
                .toList();
    }

    private List<HealingTarget> of(Healing.Asked asked, Name name, Service service) {
        Name workload = Name.of(service.workloadName(name.toString()));
        if (asked.action() == HealingAction.ABORT_ROLLOUT) {
            return List.of(target(asked, name, service, Resource.ROLLOUT, workload, 1, 1));
        }
        if (asked instanceof Healing.MoveMinimum moves) {
            return List.of(target(
                    asked,
                    name,
                    service,
                    service.scale().autoscale() instanceof Keda ? Resource.SCALED_OBJECT : Resource.AUTOSCALER,
                    versions(service, workload).keySet().iterator().next(),
                    service.scale().least(),
                    Objects.requireNonNull(moves.services().get(name))));
        }
        int least = ((Healing.EvictPod) asked).least();
        return versions(service, workload).entrySet().stream()
                .map(version -> {
                    HealingTarget all = target(asked, name, service, kind(service), version.getKey(), least, least);
                    Map<String, String> selector = new TreeMap<>(all.selector());
                    selector.putAll(version.getValue());
                    return new HealingTarget(
                            all.namespace(),
                            all.service(),
                            all.resource(),
                            all.name(),
                            selector,
                            all.alerts(),
                            all.least(),
                            all.most());
                })
                .toList();
    }

    private static HealingTarget target(
            Healing.Asked asked, Name name, Service service, Resource resource, Name object, int least, int most) {
        return new HealingTarget(
                service.namespace(), name, resource, object, service.podLabels(name), asked.startedBy(), least, most);
    }

    private static Resource kind(Service service) {
        if (service.release() != null && service.release().isManaged()) {
            return Resource.ROLLOUT;
        }
        boolean keepsData = service.container() != null && service.container().storage() != null;
        return keepsData || service.workload() instanceof StatefulSet ? Resource.STATEFUL_SET : Resource.DEPLOYMENT;
    }

    /** The workloads that run its pods, with the labels by which those of one differ from those of another. */
    private static Map<Name, Map<String, String>> versions(Service service, Name workload) {
        List<Variant> variants =
                service.release() == null ? List.of() : service.release().variants();
        if (variants.isEmpty()) {
            return Map.of(workload, Map.of());
        }
        Map<Name, Map<String, String>> versions = new TreeMap<>();
        variants.forEach(variant -> versions.put(
                Name.of("%s-%s".formatted(workload, variant.name())),
                Map.of("version", variant.name().toString())));
        return versions;
    }

    private Service service(Name name) {
        return Objects.requireNonNull(environment.services().get(name), name::toString);
    }
}
