package io.meshwright.mesh.policy;

import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;

/** The protocol that the application behind a port is said to speak. */
public final class PortSpeech {
    /** The port at which everybody takes plain HTTP. */
    public static final int PLAIN = 80;

    private static final int TLS_PORT = 443;

    private PortSpeech() {}

    /** Tells whether the port's name or protocol says TLS, or, outside the cluster, the number that is called there. */
    public static boolean isTls(Service service, ServicePort port) {
        return port.protocol().isTls()
                || service.reach().external() && !service.isKubernetes() && port.targetNumber() == TLS_PORT;
    }

    /**
     * Tells whether a port outside the cluster is called by the number of plain HTTP. Without resolution the number
     * that the client calls is called, whatever targetPort says.
     */
    public static boolean isPlain(Service service, ServicePort port) {
        boolean asCalled = service.reach().resolution().equals("NONE");
        boolean elsewhere = service.reach().endpoints().stream()
                .anyMatch(endpoint -> endpoint.ports().getOrDefault(port.name(), PLAIN) != PLAIN);
        return service.reach().external()
                && !service.isKubernetes()
                && !elsewhere
                && (asCalled ? port.number() : port.targetNumber()) == PLAIN;
    }
}
