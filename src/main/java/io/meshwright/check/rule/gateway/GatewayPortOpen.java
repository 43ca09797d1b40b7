package io.meshwright.check.rule.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.Gateway;
import io.meshwright.mesh.gateway.Server;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A process without privileges opens no port below 1024, unless its pod's sysctl or capability lets it. */
@AutoService(Inspection.class)
public final class GatewayPortOpen implements Check {
    public static final Rule GATEWAY_PORT_PRIVILEGED = Rule.error("MESH160", "gateway_port_privileged")
            .title("A gateway listens on a port that its pods may not open")
            .consequence("Connections to the port are refused.")
            .remedy(
                    "Lead the Service's port to one above 1023, or set sysctl net.ipv4.ip_unprivileged_port_start in the pod.");

    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final String FIRST_OPEN = "net.ipv4.ip_unprivileged_port_start";
    private static final String SAYS_SO = "ISTIO_META_UNPRIVILEGED_POD";

    @Override
    public List<Rule> rules() {
        return List.of(GATEWAY_PORT_PRIVILEGED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.gateways().all().stream()
                .flatMap(gateway -> gateway.servers().stream().flatMap(server -> finding(mesh, gateway, server)));
    }

    private static Stream<Finding> finding(Mesh mesh, Gateway gateway, Server server) {
        return mesh.gateways().pods(gateway).stream()
                .flatMap(pod -> proxy(pod).stream().flatMap(container -> {
                    int port = mesh.gateways().port(server, pod);
                    boolean left = says(container);
                    return port >= FIRST_UNPRIVILEGED
                                    || !left && (mayOpen(pod, container, port) || isInjected(container))
                            ? Stream.empty()
                            : Stream.of(GATEWAY_PORT_PRIVILEGED
                                    .at(
                                            server.source().at("/port/number"),
                                            "%s listens on port %d for it, which its proxy may not open%s"
                                                    .formatted(
                                                            pod,
                                                            port,
                                                            left
                                                                    ? ": istiod leaves the server out (%s)"
                                                                            .formatted(SAYS_SO)
                                                                    : ""))
                                    .as(left ? Severity.ERROR : Severity.WARNING));
                }))
                .limit(1);
    }

    private static Optional<JsonNode> proxy(Pod pod) {
        return Fields.items(pod.spec().path("containers")).stream()
                .filter(container -> container.path("name").asText("").equals("istio-proxy"))
                .findFirst();
    }

    private static boolean says(JsonNode container) {
        return Fields.items(container.path("env")).stream()
                .anyMatch(variable -> variable.path("name").asText("").equals(SAYS_SO)
                        && variable.path("value").asText("").equals("true"));
    }

    /** The injector's template for gateways opens all ports to them. */
    private static boolean isInjected(JsonNode container) {
        return container.path("image").asText("").equals("auto");
    }

    private static boolean mayOpen(Pod pod, JsonNode container, int port) {
        JsonNode whole = pod.spec().path("securityContext");
        JsonNode own = container.path("securityContext");
        boolean lowered = Fields.items(whole.path("sysctls")).stream()
                .anyMatch(entry -> entry.path("name").asText("").equals(FIRST_OPEN)
                        && entry.path("value").asInt(FIRST_UNPRIVILEGED) <= port);
        boolean able = Fields.texts(own.at("/capabilities/add")).contains("NET_BIND_SERVICE");
        int user = own.path("runAsUser").asInt(whole.path("runAsUser").asInt(0));
        return lowered || able || own.path("privileged").asBoolean(false) || user == 0;
    }
}
