package io.meshwright.environment.agreement.gateway;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Service;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredListener;
import io.meshwright.environment.agreement.part.DeclaredService;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.KeyPath;
import io.meshwright.value.Port;
import io.meshwright.value.gateway.GatewayPorts;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.workload.ServicePort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** No application listens where its sidecar does, and no two ports of the gateway are one port of its pods. */
public final class PortsFree implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredListener.of(environment).forEach(listeners -> listeners(listeners, refusals));
        DeclaredService.of(environment)
                .filter(declared -> environment.isInMesh(declared.service()))
                .forEach(declared -> ports(declared, refusals));
        return refusals;
    }

    private static void ports(DeclaredService declared, List<InvalidValue> refusals) {
        Service service = declared.service();
        for (int i = 0; i < service.ports().size(); i++) {
            ServicePort port = service.ports().get(i);
            KeyPath at = declared.at().key("ports").index(i);
            refuse(at.key("port"), port.port(), refusals);
            if (!port.targetPort().equals(port.port())) {
                refuse(at.key("targetPort"), port.targetPort(), refusals);
            }
        }
        if (service.metrics() != null && service.metrics().port() != null) {
            refuse(declared.at().key("metrics").key("port"), service.metrics().port(), refusals);
        }
    }

    private static void refuse(KeyPath at, Port port, List<InvalidValue> refusals) {
        if (IstioPorts.areTaken(port)) {
            refusals.add(new InvalidValue(
                    at,
                    "\"%s\" is one of the sidecar's own, 15000 to 15090".formatted(port),
                    "let the application listen on another, or set mesh: false"));
        }
    }

    private static void listeners(List<DeclaredListener> listeners, List<InvalidValue> refusals) {
        Map<Integer, Port> taken = new HashMap<>();
        for (DeclaredListener declared : listeners) {
            Port port = declared.listener().port();
            Port other = taken.putIfAbsent(GatewayPorts.target(port.value()), port);
            if (other != null && !other.equals(port)) {
                refusals.add(new InvalidValue(
                        declared.at().key("port"),
                        "\"%s\" and \"%s\" are both port %d of the gateway's pods"
                                .formatted(port, other, GatewayPorts.target(port.value())),
                        "listen on another"));
            }
        }
    }
}
