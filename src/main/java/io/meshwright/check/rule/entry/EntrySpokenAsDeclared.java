package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Sidecars;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A proxy reads what an application sends as its ServiceEntry says: TLS is no HTTP, and HTTP has no SNI. */
@AutoService(Inspection.class)
public final class EntrySpokenAsDeclared implements Check {
    public static final Rule ENTRY_SPOKEN_OTHERWISE = Rule.error("MESH245", "entry_spoken_otherwise")
            .title("A pod speaks otherwise to a host outside than its ServiceEntry says")
            .consequence("The proxy cannot read what the application sends, and the call fails.")
            .remedy(
                    "Write protocol HTTPS or TLS for an https address; or call it by http and let a DestinationRule begin"
                            + " TLS.");

    @Override
    public List<Rule> rules() {
        return List.of(ENTRY_SPOKEN_OTHERWISE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar())
                .flatMap(pod -> WrittenCall.of(pod).stream())
                .flatMap(call -> finding(mesh, call).stream());
    }

    private static Optional<Finding> finding(Mesh mesh, WrittenCall call) {
        Sidecars.Way way = mesh.sidecars().way(call.caller(), call.host(), call.port());
        Optional<Service> entry = way.service().filter(service -> service.isWritten() && !service.isKubernetes());
        return entry.flatMap(service -> way.port()
                .flatMap(port -> flaw(call, port)
                        .map(flaw -> ENTRY_SPOKEN_OTHERWISE.at(
                                call.source(),
                                "%s calls %s://%s on port %d, which %s declares as %s: %s"
                                        .formatted(
                                                call.caller(),
                                                call.scheme(),
                                                call.host(),
                                                call.port(),
                                                service.source().manifest(),
                                                port.protocol(),
                                                flaw)))));
    }

    private static Optional<String> flaw(WrittenCall call, ServicePort port) {
        if (call.scheme().equals("https") && port.protocol().isHttp()) {
            return Optional.of("the proxy finds TLS where it reads HTTP and ends the connection");
        }
        return call.scheme().equals("http") && port.protocol().isTls()
                ? Optional.of("the proxy finds no server name in it and knows no way")
                : Optional.empty();
    }
}
