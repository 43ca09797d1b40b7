package io.meshwright.environment;

import io.meshwright.platform.release.ChartAddOn;
import io.meshwright.value.traffic.Keda;
import io.meshwright.value.traffic.Release;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/** The add-ons whose charts an environment needs, by what it says. */
public final class AddOns {
    private AddOns() {}

    /** In the order of their names. */
    public static Set<ChartAddOn> of(Environment environment) {
        Set<ChartAddOn> used = EnumSet.noneOf(ChartAddOn.class);
        if (environment.delivery().isByArgoCd()) {
            used.add(ChartAddOn.ARGO_CD);
        }
        used.addAll(environment.cluster().platform().addOns());
        if (environment.certificates() != null) {
            used.add(ChartAddOn.CERT_MANAGER);
            if (environment.services().values().stream().anyMatch(AddOns::mountsCertificates)) {
                used.add(ChartAddOn.CERT_MANAGER_CSI_DRIVER);
            }
        }
        if (environment.secrets().store() != null) {
            used.add(ChartAddOn.EXTERNAL_SECRETS);
        }
        var services = environment.services().values();
        if (services.stream().map(Service::release).filter(Objects::nonNull).anyMatch(Release::isManaged)) {
            used.add(ChartAddOn.ARGO_ROLLOUTS);
        }
        if (services.stream().map(service -> service.scale().autoscale()).anyMatch(Keda.class::isInstance)) {
            used.add(ChartAddOn.KEDA);
        }
        return used;
    }

    private static boolean mountsCertificates(Service service) {
        return service.pod().volumes().values().stream().anyMatch(volume -> volume.csi() != null);
    }
}
