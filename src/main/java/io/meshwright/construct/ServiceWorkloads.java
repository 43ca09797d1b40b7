package io.meshwright.construct;

import io.meshwright.construct.pod.Pod;
import io.meshwright.construct.pod.Scale;
import io.meshwright.value.Name;
import io.meshwright.value.security.Party;
import io.meshwright.value.traffic.Variant;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.CronJob;
import io.meshwright.value.workload.Job;
import io.meshwright.value.workload.StatefulSet;
import io.meshwright.value.workload.Storage;
import io.meshwright.value.workload.WorkloadKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the pods of a service: a workload for each version, none while a release engine runs them. */
final class ServiceWorkloads {
    static final Name FIRST_VERSION = Name.of("v1");

    private final SecureService service;
    private final SecureService.Props props;
    private final Container container;

    ServiceWorkloads(SecureService service, SecureService.Props props, Container container) {
        this.service = service;
        this.props = props;
        this.container = container;
    }

    List<Workload> make() {
        // Scanners that know no Rollout miss its pods behind the Service and the policies (kube-score
        // service-targets-pod).
        if (!(props.running().versions() instanceof Versions.SideBySide versions)) {
            return List.of();
        }
        ServicePod pods = new ServicePod(props, container);
        if (versions.variants().isEmpty()) {
            return List.of(
                    workload(Name.of(props.app()), pods.of(FIRST_VERSION, null)).build());
        }
        List<Workload> workloads = new ArrayList<>();
        for (Variant variant : versions.variants()) {
            Pod pod = pods.of(variant.name(), variant.image());
            Map<String, String> selector = new LinkedHashMap<>(pod.selector());
            selector.put("version", variant.name().toString());
            workloads.add(workload(Name.of("%s-%s".formatted(props.app(), variant.name())), pod)
                    .selector(selector)
                    .ownServiceAccount(workloads.isEmpty()
                            && props.subject().serviceAccount().isEmpty())
                    .build());
        }
        return workloads;
    }

    private Workload.Builder workload(Name name, Pod pod) {
        return Workload.Builder.create(service, name.toString())
                .name(name)
                .namespace(props.party().namespace())
                .ownServiceAccount(props.subject().serviceAccount().isEmpty())
                .pod(pod)
                .controller(controller());
    }

    private Controller controller() {
        Storage storage = container.storage();
        Scale scale = props.running().scale();
        WorkloadKind kind = props.running().kind().orElse(null);
        if (kind instanceof Job job) {
            return Controller.job(job);
        }
        if (kind instanceof CronJob job) {
            return Controller.cronJob(job);
        }
        if (kind instanceof StatefulSet named) {
            Party party = props.party();
            Name governing = Name.of("%s-headless".formatted(party.name()));
            ServiceEndpoint.headless(
                    service, "headless", governing, party.namespace(), party.podLabels(), props.ports());
            return Controller.statefulSet(scale, Optional.ofNullable(storage), governing, named);
        }
        return storage == null
                ? Controller.deployment(scale)
                : Controller.statefulSet(scale, storage, props.party().name());
    }
}
