package io.meshwright.check.rule.destination;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Client;
import io.meshwright.mesh.client.DestinationRule;
import io.meshwright.mesh.client.UpstreamProtocol;
import io.meshwright.mesh.policy.TlsOutcome;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests are raised to HTTP/2 towards proxies, and not towards servers that are declared to speak HTTP/1.1. */
@AutoService(Inspection.class)
public final class Http2Understood implements Check {
    public static final Rule HTTP2_TO_HTTP1_SERVER = Rule.warning("MESH401", "http2_to_http1_server")
            .title("h2UpgradePolicy UPGRADE for many hosts sends HTTP/2 to a server without a proxy")
            .consequence("A server of HTTP/1.1 alone answers nothing that a proxy understands, and callers get 502.")
            .remedy("Write h2UpgradePolicy DO_NOT_UPGRADE in a DestinationRule for its host, or UPGRADE there if it"
                    + " speaks HTTP/2.");

    @Override
    public List<Rule> rules() {
        return List.of(HTTP2_TO_HTTP1_SERVER);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        if (!mesh.config().upgradesToHttp2()
                && mesh.destinationRules().written().stream().noneMatch(rule -> HostName.isWildcard(rule.host()))) {
            return Stream.empty();
        }
        Map<Source, Finding> findings = new LinkedHashMap<>();
        SentRequest.of(mesh)
                .flatMap(call -> finding(mesh, call).stream())
                .forEach(finding -> findings.putIfAbsent(finding.source().orElseThrow(), finding));
        return findings.values().stream();
    }

    private static Optional<Finding> finding(Mesh mesh, SentRequest call) {
        Optional<DestinationRule> rule = mesh.destinationRules().seenBy(Client.of(call.client()), call.service());
        return UpstreamProtocol.isRaised(call.client(), call.port(), rule, call.subset(), mesh.config())
                        && isBare(mesh, call)
                ? Optional.of(HTTP2_TO_HTTP1_SERVER.at(
                        call.port().source(),
                        "%s sends HTTP/2 to port %d of %s, which is said to speak HTTP/1.1, and no proxy is there: %s"
                                .formatted(
                                        call.client(),
                                        call.port().number(),
                                        call.service(),
                                        UpstreamProtocol.raising(call.port(), rule, call.subset(), mesh.config())
                                                .map(place -> "%s says so".formatted(place))
                                                .orElse("the mesh is told to"))))
                : Optional.empty();
    }

    /** True if the request surely comes without TLS to servers of which none has a proxy that reads it. */
    private static boolean isBare(Mesh mesh, SentRequest call) {
        List<Pod> servers = mesh.services().pods(call.service());
        boolean outside =
                !call.service().isKubernetes() && call.service().reach().external();
        if (mesh.waypoints().mayServe(call.service())) {
            return false;
        }
        return servers.isEmpty()
                ? outside
                        && isPlain(mesh.clientTls().outcome(call.client(), call.service(), call.port(), call.subset()))
                : servers.stream()
                        .allMatch(server -> server.proxy().inMesh().isNo()
                                && isPlain(mesh.clientTls()
                                        .outcome(call.client(), call.service(), call.port(), call.subset(), server)));
    }

    private static boolean isPlain(TlsOutcome outcome) {
        return outcome instanceof TlsOutcome.Plain;
    }
}
