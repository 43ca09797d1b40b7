package io.meshwright.construct.delivery.istio;

import io.meshwright.platform.release.IstioRelease;
import io.meshwright.value.Version;

/** The differences between the releases of Istio's charts. */
final class IstioCharts {
    // manifests/charts/{istio-control/istio-discovery,istio-cni}/values.yaml of istio/istio at 1.23.4 and at 1.24.0.
    private static final Version FLAT = Version.of("1.24");
    // base.validationFailurePolicy came into some patches of 1.28 and 1.29 and into every one of 1.30
    // [istio/istio, releasenotes/notes/webhook-failurepolicy-upgrade.yaml].
    private static final Version FAILURE_POLICY = Version.of("1.30");
    // The gateway chart's schema forbids the key under which its own defaults stand, which Helm overlooked up to
    // 3.18.4; mended in 1.25.5 and 1.26.4, and after 1.27.0 [istio/istio#57354].
    private static final Version GATEWAY_SCHEMA = Version.of("1.28");

    // The node agent's pod template says unconfined by an annotation, to which Kubernetes adds the field from 1.30 on
    // [istio/istio#53970]; from Istio 1.30 on its chart can write the field itself [istio/istio#58078].
    private static final Version APPARMOR_ANNOTATION = Version.of("1.24");
    private static final Version APPARMOR_FIELD = Version.of("1.30");

    // manifests/charts/gateway/templates/service.yaml.
    private static final Version LOAD_BALANCER_CLASS = Version.of("1.26");

    private IstioCharts() {}

    /** True if the gateway's chart writes the class of its load balancer. */
    static boolean nameClass(IstioRelease istio) {
        return istio.version().isAtLeast(LOAD_BALANCER_CLASS);
    }

    /** Path above the keys of a component: none, or under the component's name up to 1.23. */
    static String prefix(IstioRelease istio, String component) {
        return istio.version().isAtLeast(FLAT) ? "" : "%s.".formatted(component);
    }

    /** True if the chart can write the failure policy that istiod would otherwise set behind Argo CD's back. */
    static boolean setFailurePolicy(IstioRelease istio) {
        return istio.version().isAtLeast(FAILURE_POLICY);
    }

    /**
     * True if the node agent's chart can only write its AppArmor profile as an annotation, which Kubernetes completes.
     */
    static boolean annotateAppArmor(IstioRelease istio) {
        return istio.version().isAtLeast(APPARMOR_ANNOTATION) && !chooseAppArmor(istio);
    }

    /** True if that chart can write the profile as the field. */
    static boolean chooseAppArmor(IstioRelease istio) {
        return istio.version().isAtLeast(APPARMOR_FIELD);
    }

    static boolean gatewaySchemaHolds(IstioRelease istio) {
        return istio.version().isAtLeast(GATEWAY_SCHEMA);
    }
}
