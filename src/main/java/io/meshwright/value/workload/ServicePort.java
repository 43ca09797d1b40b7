package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.Required;

/** One named port of a Service; its protocol is always declared, so that Istio never guesses it (incident I8). */
@Doc("One named port of a Service.")
public record ServicePort(
        @Defaulted @Doc("Name of the port; default: the protocol's word.")
        Name name,

        @Required @Doc("Port of the Service.") Port port,

        @Defaulted @Doc("Port of the container; default: the Service's.")
        Port targetPort,

        @Defaulted @Doc("What is spoken on it; default http.")
        Protocol protocol) {
    public ServicePort {
        Require.present("port", port);
        targetPort = targetPort == null ? port : targetPort;
        protocol = protocol == null ? WrittenProtocol.ofNone(targetPort) : protocol;
        name = name == null ? Name.of(protocol.word()) : name;
        WrittenProtocol.agrees(name, protocol);
    }

    /** An HTTP port with one number inside and out. */
    public static ServicePort http(int port) {
        return new ServicePort(Name.of("http"), Port.of(port), null, Protocol.HTTP);
    }

    /** A named port. */
    public static ServicePort of(String name, int port, int targetPort, Protocol protocol) {
        return new ServicePort(Name.of(name), Port.of(port), Port.of(targetPort), protocol);
    }
}
