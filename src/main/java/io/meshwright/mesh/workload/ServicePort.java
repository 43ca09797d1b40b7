package io.meshwright.mesh.workload;

import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * A port under which a service is called; {@code target} is a number, the name of a container's port, or empty for the
 * same number.
 */
public record ServicePort(int number, String name, Protocol protocol, String target, Source source) {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}");

    /** The port that is called outside the cluster: the target where it is a number, else the port itself. */
    public int targetNumber() {
        return NUMBER.matcher(target).matches() ? Integer.parseInt(target) : number;
    }

    /** True for a port of UDP, not for one of TCP that is called so. */
    public boolean takesDatagrams() {
        return source.value().path("protocol").asText("").equals("UDP");
    }

    /** The same for who connects to pods without asking for endpoints, and so knows of no target. */
    public ServicePort itself() {
        return new ServicePort(number, name, protocol, "", source);
    }

    /** The same, read as another protocol than it says. */
    public ServicePort as(Protocol read) {
        return new ServicePort(number, name, read, target, source);
    }

    /** True if a pod hears calls at the port's own number, as far as it declares ports. */
    public boolean isHeardItself(Pod pod) {
        return on(pod).equals(OptionalInt.of(number))
                || pod.ports().stream().anyMatch(declared -> declared.number() == number);
    }

    /** The port on which that pod hears it; empty when the pod declares no port of the target's name. */
    public OptionalInt on(Pod pod) {
        if (target.isEmpty()) {
            return OptionalInt.of(number);
        }
        // Targets that are written as a number in quotes are names that happen to be digits to nobody.
        if (NUMBER.matcher(target).matches()) {
            return OptionalInt.of(Integer.parseInt(target));
        }
        // A Service and a container may call ports of UDP and TCP alike (FindPort in Kubernetes' pkg/api/v1/pod).
        return protocol == Protocol.UDP ? pod.datagramPort(target) : pod.port(target);
    }
}
