package io.meshwright.construct.delivery.istio;

import io.meshwright.construct.delivery.chart.ChartValues;
import io.meshwright.construct.delivery.chart.GroupKind;
import io.meshwright.construct.delivery.chart.MergedValues;
import io.meshwright.construct.delivery.chart.ValueTree;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Name;

/** Values of charts that OpenShift needs besides, and the things that they then contain. */
public final class OpenShiftValues {
    /**
     * The network that Multus gives injected pods, which the node agent's chart makes in {@link #NETWORK_NAMESPACE}.
     */
    public static final GroupKind NETWORK = new GroupKind("k8s.cni.cncf.io", "NetworkAttachmentDefinition");

    /** Fixed in the chart and in the annotation of injected pods, {@code default/istio-cni}. */
    public static final Name NETWORK_NAMESPACE = Name.of("default");

    private static final String PLATFORM = "openshift";
    private static final String MULTUS = "multus";

    private OpenShiftValues() {}

    /** Of Istio's node agent: its own network of Multus, its right to be privileged, and the nodes' SELinux. */
    public static ChartValues cni(ChartValues values, IstioRelease istio) {
        String cni = IstioCharts.prefix(istio, "cni");
        return new MergedValues(
                values,
                new ValueTree()
                        .put("platform", PLATFORM)
                        .put("%schained".formatted(cni), false)
                        .put("%scniConfFileName".formatted(cni), "istio-cni.conf")
                        .put("%sprovider".formatted(cni), MULTUS)
                        .putIf(cni.isEmpty(), "seLinuxOptions.type", "spc_t")
                        .toMap());
    }

    /** Of the control plane, whose injected pods name that network. */
    public static ChartValues istiod(ChartValues values, IstioRelease istio) {
        return new MergedValues(
                values,
                new ValueTree()
                        .put("global.platform", PLATFORM)
                        .put("%scni.provider".formatted(IstioCharts.prefix(istio, "pilot")), MULTUS)
                        .toMap());
    }

    /** Of Argo CD, whose server of repositories asks for a name of its user. */
    public static ChartValues argoCd(ChartValues values) {
        return new MergedValues(
                values, new ValueTree().put("openshift.enabled", true).toMap());
    }

    /** Of cert-manager's driver: its right to be privileged, and that restricted pods may mount its volumes. */
    public static ChartValues certificateDriver(ChartValues values) {
        return new MergedValues(
                values,
                new ValueTree()
                        .put("openshift.securityContextConstraint.enabled", true)
                        .put(
                                "commonLabels",
                                ValueTree.entry("security.openshift.io/csi-ephemeral-volume-profile", "restricted"))
                        .toMap());
    }
}
