package io.meshwright.stack;

import io.meshwright.construct.delivery.GatewayApiDefinitions;
import io.meshwright.construct.delivery.chart.ChartKinds;
import io.meshwright.construct.delivery.chart.GroupKind;
import io.meshwright.construct.delivery.istio.OpenShiftValues;
import io.meshwright.construct.object.ApiObjects;
import io.meshwright.environment.AddOns;
import io.meshwright.environment.Environment;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.stack.delivery.StackFolder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The kinds of object that an environment brings to its cluster, and no others: what Argo CD's project admits, and what
 * a team's own manifests are held to whoever delivers them.
 *
 * @param cluster those that belong to no namespace
 * @param namespaced all others
 */
record AdmittedKinds(SortedSet<GroupKind> cluster, SortedSet<GroupKind> namespaced) {
    /**
     * Those of the stacks, of the charts, and of what is admitted besides.
     *
     * @param added objects in the stacks that extensions made
     * @throws io.meshwright.value.InvalidValues when some object of a team's own is not admitted
     */
    static AdmittedKinds of(Environment environment, List<StackFolder> stacks, List<AddedObject> added) {
        AdmittedKinds kinds =
                new AdmittedKinds(new TreeSet<>(ChartKinds.clusterScoped()), new TreeSet<>(ChartKinds.namespaced()));
        kinds.ofAddOns(environment);
        Set<String> made = kinds.made(stacks, added);
        environment.charts().values().forEach(chart -> {
            chart.clusterKinds().stream().map(GroupKind::parse).forEach(kinds.cluster::add);
            chart.kinds().stream().map(GroupKind::parse).forEach(kinds.namespaced::add);
        });
        Set<GroupKind> platform = new TreeSet<>(kinds.cluster);
        platform.addAll(kinds.namespaced);
        List<AddedObject> all = new ArrayList<>(AddedObject.ofManifests(environment));
        all.addAll(added);
        ManifestsAdmitted.require(environment, all, platform, made);
        all.stream()
                .map(AddedObject::object)
                .forEach(object -> (object.metadata("namespace").isEmpty() ? kinds.cluster : kinds.namespaced)
                        .add(GroupKind.of(object.apiVersion(), object.kind())));
        return kinds;
    }

    private void ofAddOns(Environment environment) {
        if (AddOns.of(environment).contains(ChartAddOn.KEDA)) {
            cluster.addAll(ChartKinds.ofKeda());
        }
        if (AddOns.of(environment).contains(ChartAddOn.CERT_MANAGER_CSI_DRIVER)) {
            cluster.addAll(ChartKinds.ofDrivers());
        }
        if (environment.cluster().distribution().isOpenShift()) {
            namespaced.add(OpenShiftValues.NETWORK);
        }
        if (environment.cluster().platform().limitsNodeCriticalPods()) {
            namespaced.add(ChartKinds.QUOTA);
        }
        if (environment.installsGatewayApi()) {
            cluster.addAll(GatewayApiDefinitions.KINDS);
        }
        namespaced.addAll(List.of(DeliveryStack.APPLICATION, DeliveryStack.PROJECT));
        if (environment.delivery().fleet() != null) {
            namespaced.add(new GroupKind("argoproj.io", "ApplicationSet"));
        }
    }

    /** Takes the kinds of the platform's own objects, and returns these objects. */
    private Set<String> made(List<StackFolder> stacks, List<AddedObject> added) {
        Set<String> made = new HashSet<>();
        Set<String> theirs = added.stream().map(AddedObject::path).collect(Collectors.toSet());
        for (StackFolder stack : stacks) {
            if (stack.chart() instanceof ManifestsStack) {
                continue;
            }
            for (ApiObjects.Named object : ApiObjects.below(stack.chart())) {
                if (theirs.contains(object.path())) {
                    continue;
                }
                GroupKind kind = GroupKind.of(object.apiVersion(), object.kind());
                made.add(ManifestsAdmitted.identity(kind, object.namespace(), object.name()));
                (object.namespace() == null ? cluster : namespaced).add(kind);
            }
        }
        return made;
    }
}
