package io.meshwright.environment.agreement.installation;

import io.meshwright.environment.ControlPlanes;
import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.platform.release.IstioUpgradePath;
import io.meshwright.value.InvalidValue;
import java.util.List;

/** Two control planes stand side by side only where Istio supports the step between them, on this Kubernetes. */
public final class UpgradeSupported implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        ControlPlanes planes = environment.istio().controlPlanes();
        return planes.upgrading()
                ? InvalidValue.thrownBy(() -> {
                            Compatibility.istio(
                                    planes.oldest().version(),
                                    environment.cluster().kubernetes(),
                                    "istio.from");
                            IstioUpgradePath.step(
                                    planes.oldest().version(), planes.newest().version());
                        })
                        .stream()
                        .toList()
                : List.of();
    }
}
