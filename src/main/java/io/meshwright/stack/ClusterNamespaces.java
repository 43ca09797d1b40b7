package io.meshwright.stack;

import io.meshwright.construct.delivery.istio.OpenShiftValues;
import io.meshwright.environment.AddOns;
import io.meshwright.environment.Environment;
import io.meshwright.environment.NamespaceSettings;
import io.meshwright.environment.NamespaceSettings.PodSecurity;
import io.meshwright.environment.Observability;
import io.meshwright.environment.Parties;
import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.Name;
import io.meshwright.value.healing.HealingNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every namespace of one cluster: the services' own, the tools' and the add-ons'. */
final class ClusterNamespaces {
    private final Environment environment;
    private final List<ClusterNamespace> namespaces = new ArrayList<>();

    ClusterNamespaces(Environment environment) {
        this.environment = environment;
        privileged(Parties.ISTIO_SYSTEM, "istio-cni's node agent changes the network of every node");
        if (environment.egressGateway() != null) {
            // The chart's pods ask for the gateway's template themselves, so the namespace need not inject.
            restricted(Parties.ISTIO_EGRESS, false);
        }
        AddOns.of(environment).forEach(this::addOn);
        Observability observability = environment.observability();
        if (!observability.parts().areNone()) {
            restricted(observability.namespace(), true);
        }
        if (observability.parts().runsOnNodes()) {
            privileged(observability.agents(), "the log reader and node-exporter read files of the node");
        }
        if (environment.aiOps() != null && environment.aiOps().healing() != null) {
            restricted(HealingNames.NAMESPACE, false);
        }
        environment.namespaces().forEach(this::own);
    }

    List<ClusterNamespace> all() {
        return List.copyOf(namespaces);
    }

    /**
     * Namespaces in which Applications may apply anything: every namespace here, kube-system for KEDA's reader of its
     * settings, and default for the network that Multus gives to pods of the mesh.
     */
    List<Name> destinations() {
        List<Name> names =
                new ArrayList<>(namespaces.stream().map(ClusterNamespace::name).toList());
        if (AddOns.of(environment).contains(ChartAddOn.KEDA)) {
            names.add(Name.of("kube-system"));
        }
        if (environment.cluster().distribution().isOpenShift() && !names.contains(OpenShiftValues.NETWORK_NAMESPACE)) {
            names.add(OpenShiftValues.NETWORK_NAMESPACE);
        }
        return names;
    }

    /** Name of an add-on's Helm release, after which its chart names its objects. */
    static Name release(ChartAddOn addOn) {
        return addOn == ChartAddOn.METALLB ? Name.of("metallb") : addOn.namespace();
    }

    private void addOn(ChartAddOn addOn) {
        if (addOn == ChartAddOn.METALLB) {
            privileged(addOn.namespace(), "MetalLB's speaker answers ARP on the node's own network");
        } else if (addOn == ChartAddOn.CERT_MANAGER_CSI_DRIVER) {
            privileged(addOn.namespace(), "cert-manager's driver mounts files into the folders of the node's pods");
        } else {
            restricted(
                    addOn.namespace(),
                    addOn == ChartAddOn.ARGO_CD && environment.delivery().host() != null);
        }
    }

    private void restricted(Name name, boolean inject) {
        add(name, inject, PodSecurity.RESTRICTED, null);
    }

    private void privileged(Name name, String reason) {
        add(name, false, PodSecurity.PRIVILEGED, reason);
    }

    private void own(Name name, NamespaceSettings settings) {
        if (namespaces.stream().noneMatch(known -> known.name().equals(name))) {
            add(name, settings.inject(), settings.podSecurity(), settings.reason());
        }
    }

    private void add(Name name, boolean inject, PodSecurity level, @Nullable String reason) {
        NamespaceSettings own = environment.namespaces().get(name);
        Optional<Name> controlPlane = environment.istio().controlPlanes().label(own == null ? null : own.tag());
        Map<String, String> marks = name.equals(Parties.ISTIO_SYSTEM)
                ? environment.cluster().platform().gatewayNamespaceLabels()
                : Map.of();
        namespaces.add(new ClusterNamespace(name, inject, controlPlane, level, marks, reason));
    }
}
