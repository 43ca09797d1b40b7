package io.meshwright.mesh.policy;

import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;

/** The protocol that the application behind a port is said to speak. */
public final class PortSpeech {
    private static final int TLS_PORT = 443;

    private PortSpeech() {}

    /** Tells whether the port's name or protocol says TLS, or, outside the cluster, the number that is called there. */
    public static boolean isTls(Service service, ServicePort port) {
        return port.protocol().isTls()
                || service.reach().external() && !service.isKubernetes() && port.targetNumber() == TLS_PORT;
    }
}
