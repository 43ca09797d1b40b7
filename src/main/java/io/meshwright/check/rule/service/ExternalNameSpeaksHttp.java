package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.WrittenPort;
import io.meshwright.mesh.Mesh;
import java.util.List;
import java.util.stream.Stream;

/** A port of an ExternalName Service has a host to be told by, as HTTP and TLS have; plain TCP has none. */
@AutoService(Inspection.class)
public final class ExternalNameSpeaksHttp implements Check {
    public static final Rule EXTERNAL_NAME_AS_TCP = Rule.warning("MESH265", "external_name_as_tcp")
            .title("A port of an ExternalName Service is taken for TCP")
            .twins("IST0150")
            .consequence("Its listener catches other calls to the port.")
            .remedy("Name the port for its protocol, such as https, or use a ServiceEntry.");

    @Override
    public List<Rule> rules() {
        return List.of(EXTERNAL_NAME_AS_TCP);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return WrittenPort.all(mesh)
                .filter(WrittenPort::isOfExternalName)
                .map(WrittenPort::port)
                .filter(port -> !port.protocol().isHttp() && !port.protocol().isTls())
                .map(port -> EXTERNAL_NAME_AS_TCP.at(
                        port.source(),
                        "port %d of an ExternalName Service is taken for TCP, whose listener catches every call to that port"
                                .formatted(port.number())));
    }
}
