package io.meshwright.construct.delivery.istio;

import io.meshwright.construct.delivery.sync.IgnoredDifference;
import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Name;
import io.meshwright.value.istio.IstioNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Fields that istiod writes into the webhooks of its charts, and Kubernetes into the node agent, by release. */
public final class IstioDrift {
    // istiod writes its own root certificate into every webhook [istio/istio, pkg/webhooks/webhookpatch.go].
    private static final String CA = ".webhooks[]?.clientConfig.caBundle";
    // Up to 1.29 charts write Ignore, and istiod turns it into Fail once it serves [istio/istio#57643].
    private static final String POLICY = ".webhooks[]?.failurePolicy";

    private IstioDrift() {}

    /** For the Application of the base chart. */
    public static List<IgnoredDifference> base(IstioRelease istio) {
        return List.of(validating(istio, "istiod-default-validator"));
    }

    /** For the Application of the CNI chart, installed in {@code istio-system}. */
    public static List<IgnoredDifference> cni(IstioRelease istio) {
        return !IstioCharts.annotateAppArmor(istio)
                ? List.of()
                : List.of(new IgnoredDifference(
                        "apps",
                        "DaemonSet",
                        "istio-cni-node",
                        Optional.of(IstioNames.ROOT_NAMESPACE.value()),
                        List.of(".spec.template.spec.containers[]? | select(.name == \"install-cni\") |"
                                + " .securityContext.appArmorProfile")));
    }

    /** For the Application of one revision's istiod chart, installed in {@code istio-system}. */
    public static List<IgnoredDifference> istiod(IstioRelease istio, Revision revision) {
        List<IgnoredDifference> drift = new ArrayList<>();
        drift.add(mutating("istio-sidecar-injector%s".formatted(revision.suffix())));
        drift.add(validating(istio, "istio-validator%s-%s".formatted(revision.suffix(), IstioNames.ROOT_NAMESPACE)));
        return drift;
    }

    /** For the Application that holds a tag. */
    public static IgnoredDifference tag(Name tag) {
        return mutating(RevisionTag.webhook(tag));
    }

    private static IgnoredDifference mutating(String name) {
        return new IgnoredDifference(Webhooks.GROUP, Webhooks.MUTATING, name, Optional.empty(), List.of(CA));
    }

    private static IgnoredDifference validating(IstioRelease istio, String name) {
        List<String> paths = IstioCharts.setFailurePolicy(istio) ? List.of(CA) : List.of(CA, POLICY);
        return new IgnoredDifference(Webhooks.GROUP, Webhooks.VALIDATING, name, Optional.empty(), paths);
    }
}
