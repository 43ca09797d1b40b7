package io.meshwright.mesh.policy;

import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Set;

/** The protocol that the application behind a port is said to speak. */
public final class PortSpeech {
    /** The port at which everybody takes plain HTTP. */
    public static final int PLAIN = 80;

    private static final int TLS_PORT = 443;

    /** FTP, SMTP, POP3, IMAP and MySQL, whose servers greet before their clients say anything. */
    private static final Set<Integer> SERVER_FIRST = Set.of(21, 25, 110, 143, 3306, 33060);

    private PortSpeech() {}

    /** Tells whether the port's protocol or number says that the server speaks first. */
    public static boolean isServerFirst(ServicePort port) {
        return port.protocol() == Protocol.MYSQL
                || SERVER_FIRST.contains(port.number())
                        && !port.protocol().isHttp()
                        && !port.protocol().isTls();
    }

    /** Tells whether the port's name or protocol says TLS, or, outside the cluster, the number that is called there. */
    public static boolean isTls(Service service, ServicePort port) {
        return port.protocol().isTls() || isOutside(service) && isCalled(service, port, TLS_PORT);
    }

    /** Tells whether a port outside the cluster is called by the number of plain HTTP. */
    public static boolean isPlain(Service service, ServicePort port) {
        return isOutside(service) && isCalled(service, port, PLAIN);
    }

    private static boolean isOutside(Service service) {
        return service.reach().external() && !service.isKubernetes();
    }

    /**
     * Tells whether every endpoint is called by the number. Without resolution the number that the client calls is
     * called, whatever targetPort says; an endpoint's own goes before it elsewhere (serviceregistry, convertEndpoint).
     */
    private static boolean isCalled(Service service, ServicePort port, int number) {
        if (service.reach().resolution().equals("NONE")) {
            return port.number() == number;
        }
        List<Service.Endpoint> endpoints = service.reach().endpoints();
        return endpoints.isEmpty()
                ? port.targetNumber() == number
                : endpoints.stream()
                        .allMatch(
                                endpoint -> endpoint.ports().getOrDefault(port.name(), port.targetNumber()) == number);
    }
}
