package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.value.istio.IstioNames;
import java.util.Set;
import java.util.stream.Stream;

/** A port that a Service of an application writes; those of the cluster's own namespaces and of UDP are left out. */
public record WrittenPort(Service service, ServicePort port) {
    private static final Set<String> OUTSIDE = Set.of(
            "kube-system", "kube-public", "kube-node-lease", IstioNames.ROOT_NAMESPACE.value(), "local-path-storage");

    public static Stream<WrittenPort> all(Mesh mesh) {
        return mesh.services().all().stream()
                .filter(service ->
                        service.isWritten() && service.isKubernetes() && !OUTSIDE.contains(service.namespace()))
                .flatMap(service -> service.ports().stream().map(port -> new WrittenPort(service, port)))
                .filter(written ->
                        !written.body().path("protocol").asText("TCP").equals("UDP"));
    }

    public JsonNode body() {
        return port.source().manifest().at(port.source().pointer());
    }

    /** True if a proxy finds out from the first bytes of a connection which protocol it carries. */
    public boolean isGuessed() {
        return port.protocol() == Protocol.SNIFFED && !isOfExternalName();
    }

    public boolean isOfExternalName() {
        return service.type() == Service.Type.EXTERNAL_NAME;
    }
}
