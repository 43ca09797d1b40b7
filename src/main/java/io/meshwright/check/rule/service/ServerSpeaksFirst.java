package io.meshwright.check.rule.service;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.WrittenPort;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.PortSpeech;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** A port of a server that speaks first says that it is TCP, since a proxy that guesses waits for the client. */
@AutoService(Inspection.class)
public final class ServerSpeaksFirst implements Check {
    public static final Rule SERVER_FIRST_GUESSED = Rule.error("MESH263", "server_first_guessed")
            .title("A server speaks first on a port whose protocol is guessed")
            .twins("IST0118")
            .consequence("Proxy and client wait for each other and connections hang.")
            .remedy("Set appProtocol: tcp, or begin the port's name with tcp-.");

    private static final Set<String> NAMES = Set.of("mysql", "mariadb", "smtp", "ftp", "imap", "pop3");

    @Override
    public List<Rule> rules() {
        return List.of(SERVER_FIRST_GUESSED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return WrittenPort.all(mesh)
                .filter(written -> written.isGuessed() && isTold(written))
                .map(written -> SERVER_FIRST_GUESSED.at(
                        written.port().source(),
                        ("%s speaks first on port %d, whose protocol Istio guesses from the client's first bytes: both"
                                        + " sides wait for the other and connections hang")
                                .formatted(
                                        written.service().name(), written.port().number())));
    }

    /** True if the port's number or the Service's name says that the server speaks first. */
    static boolean isTold(WrittenPort written) {
        return PortSpeech.isServerFirst(written.port())
                || NAMES.stream().anyMatch(written.service().name()::contains);
    }
}
