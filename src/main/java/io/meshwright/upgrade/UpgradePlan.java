package io.meshwright.upgrade;

import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioUpgradePath;
import io.meshwright.platform.release.VersionRange;
import io.meshwright.value.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** The steps by which one cluster comes to a supported Istio: Kubernetes moves only where the next Istio needs it. */
record UpgradePlan(List<Stage> stages) {
    /**
     * One step of Istio on one Kubernetes.
     *
     * @param admitted Kubernetes versions on which both control planes run
     * @param before Kubernetes on which the stage begins
     * @param kubernetes Kubernetes that it needs; the same where nothing has to move
     * @param agent release of the CNI node agent while both control planes are there
     */
    record Stage(Version from, Version to, VersionRange admitted, Version before, Version kubernetes, Version agent) {
        boolean movesKubernetes() {
            return !before.line().equals(kubernetes.line());
        }

        /**
         * Add-ons that Meshwright takes in another version for the Kubernetes of this stage, as {@code keda 2.1 → 2.2}.
         */
        List<String> addOnsForKubernetes() {
            return movesKubernetes() ? differences(before, from, kubernetes, from) : List.of();
        }

        /** The same for its Istio. */
        List<String> addOnsForIstio() {
            return differences(kubernetes, from, kubernetes, to);
        }

        private static List<String> differences(
                Version kubernetes, Version istio, Version laterKubernetes, Version laterIstio) {
            SortedMap<String, Version> old =
                    Compatibility.resolve(kubernetes, istio).addOns();
            SortedMap<String, Version> later =
                    Compatibility.resolve(laterKubernetes, laterIstio).addOns();
            return old.entrySet().stream()
                    .filter(addOn -> !addOn.getValue().equals(later.get(addOn.getKey())))
                    .map(addOn -> "%s %s → %s".formatted(addOn.getKey(), addOn.getValue(), later.get(addOn.getKey())))
                    .toList();
        }
    }

    static UpgradePlan of(Version kubernetes, Version istio) {
        List<Stage> stages = new ArrayList<>();
        Version at = kubernetes;
        for (IstioUpgradePath.Step step : IstioUpgradePath.toSupported(istio).steps()) {
            Version needed = step.kubernetes().contains(at.line())
                    ? at
                    : step.kubernetes().first();
            stages.add(new Stage(
                    step.from(),
                    step.to(),
                    step.kubernetes(),
                    at,
                    needed,
                    IstioUpgradePath.agent(step.from(), step.to()).version()));
            at = needed;
        }
        return new UpgradePlan(List.copyOf(stages));
    }
}
