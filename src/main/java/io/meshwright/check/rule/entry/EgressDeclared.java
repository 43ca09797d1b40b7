package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.WrittenCall;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.client.Sidecars;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.workload.Capture;
import java.util.List;
import java.util.stream.Stream;

/** Under REGISTRY_ONLY a sidecar lets calls through to declared hosts only. */
@AutoService(Inspection.class)
public final class EgressDeclared implements Check {
    public static final Rule EGRESS_UNDECLARED = Rule.error("MESH244", "egress_undeclared")
            .title("A pod calls a host outside that its proxy does not know")
            .consequence("Under REGISTRY_ONLY HTTP calls get 502 and all others a reset.")
            .remedy("Add a ServiceEntry for the host, and import it where a Sidecar restricts what is known.");

    @Override
    public List<Rule> rules() {
        return List.of(EGRESS_UNDECLARED);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> pod.proxy().isSidecar())
                .flatMap(pod -> WrittenCall.of(pod).stream())
                .flatMap(call -> finding(mesh, call));
    }

    private static Stream<Finding> finding(Mesh mesh, WrittenCall call) {
        Sidecars.Way way = mesh.sidecars().way(call.caller(), call.host(), call.port());
        boolean outside = call.host().contains(".")
                && !call.host().endsWith(mesh.config().domain())
                && !call.host().matches("[0-9.]+");
        boolean declared = mesh.externals().hasHost(call.host())
                // Services of a chart are not among the manifests, and every proxy may know them.
                || mesh.otherCharts().behind(call.host()).isPresent()
                || !Capture.outbound(call.caller(), call.port())
                || mesh.sidecars().anywhere(call.caller(), call.port(), false).isPresent();
        // Applications are told their own public names too.
        boolean own = mesh.virtualServices().areFor(call.host());
        return outside && !own && way.service().isEmpty() && way.isBlocked() && !declared
                ? Stream.of(Completeness.weighed(
                        EGRESS_UNDECLARED.at(
                                call.source(),
                                ("%s calls %s on port %d, which its proxy does not know: under REGISTRY_ONLY HTTP gets "
                                                + "502, all else a reset")
                                        .formatted(call.caller(), call.host(), call.port())),
                        isTelling(mesh, call.host())))
                : Stream.empty();
    }

    /** A name such as kafka.data.svc is one of the cluster's own, whose Services the manifests may not hold. */
    private static boolean isTelling(Mesh mesh, String host) {
        String[] parts = host.split("\\.");
        boolean within = parts.length == 3 && parts[2].equals("svc")
                || parts.length == 2 && mesh.namespaces().exists(parts[1]);
        return !within
                || mesh.services()
                                .unseen(HostName.ofService(
                                        parts[0], parts[1], mesh.config().domain()))
                                .isEmpty()
                        && mesh.operators().within(parts[1]).isEmpty();
    }
}
