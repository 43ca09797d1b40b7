package io.meshwright.trace.stage;

import io.meshwright.mesh.policy.PortSpeech;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.Optional;

/** The bytes that the application behind a connection gets to read, against what its port is said to speak. */
final class Speech {
    private static final int BAD_REQUEST = 400;

    private Speech() {}

    /**
     * Returns how the request ends instead of being delivered, if the last proxy says something else than the port
     * speaks.
     */
    static Optional<Verdict> amiss(Arrival arrival, TlsOutcome tls, Service service, ServicePort port) {
        boolean begun = tls instanceof TlsOutcome.Application;
        if (begun && arrival.content() == Arrival.Content.TLS) {
            return Optional.of(new Closed(
                    "",
                    "the proxy begins TLS around the client's own, so %s answers something else than TLS to the client"
                            .formatted(service)));
        }
        return !begun && arrival.content() == Arrival.Content.HTTP && PortSpeech.isTls(service, port)
                ? Optional.of(plain(service, port))
                : Optional.empty();
    }

    /** Plain HTTP at a port of which only the name, the protocol or the number says that it speaks TLS. */
    static Verdict plain(Service service, ServicePort port) {
        return new Unknown(
                "port %d of %s is said to speak TLS, and gets plain HTTP".formatted(port.number(), service),
                Optional.of(new Answered(
                        BAD_REQUEST, "", "who speaks TLS answers plain HTTP so, or closes the connection (503 UC)")));
    }
}
