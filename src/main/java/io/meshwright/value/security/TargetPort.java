package io.meshwright.value.security;

import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.workload.ServicePort;
import java.util.List;

/**
 * A port on which a pod itself listens; NetworkPolicies, AuthorizationPolicies and PeerAuthentications count by it.
 *
 * @param http whether Envoy reads requests on it, so that methods and paths mean something
 */
public record TargetPort(Port number, boolean http) implements Comparable<TargetPort> {
    public TargetPort {
        Require.present("number", number);
    }

    /** The ports behind those of a Service, each once. */
    public static List<TargetPort> behind(List<ServicePort> ports) {
        return ports.stream()
                .map(port -> new TargetPort(port.targetPort(), port.protocol().isHttp()))
                .distinct()
                .toList();
    }

    public static TargetPort http(int number) {
        return new TargetPort(Port.of(number), true);
    }

    public static TargetPort tcp(int number) {
        return tcp(Port.of(number));
    }

    public static TargetPort tcp(Port number) {
        return new TargetPort(number, false);
    }

    @Override
    public int compareTo(TargetPort other) {
        int order = number.compareTo(other.number);
        return order != 0 ? order : Boolean.compare(http, other.http);
    }

    @Override
    public String toString() {
        return number.toString();
    }
}
