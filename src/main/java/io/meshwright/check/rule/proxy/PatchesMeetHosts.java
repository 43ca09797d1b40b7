package io.meshwright.check.rule.proxy;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.check.evidence.ProxyHosts;
import io.meshwright.check.evidence.SelectingObject;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.extension.ProxyPatch;
import io.meshwright.mesh.extension.ProxyPatch.Side;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A patch for one virtual host names it as istiod does, letter by letter, or it changes nothing. */
@AutoService(Inspection.class)
public final class PatchesMeetHosts implements Check {
    public static final Rule SETTING_MEETS_NOTHING = Rule.warning("MESH384", "setting_meets_nothing")
            .title("A setting is for a virtual host or a port that is not there")
            .consequence("It changes nothing: what it shall limit or protect stays as it was.")
            .remedy("Name the virtual host as istiod does: HOST:PORT of a Gateway's server, inbound|http|PORT of a"
                    + " Service.");

    private static final String NAME = "/match/routeConfiguration/vhost/name";
    private static final int SHOWN = 3;

    @Override
    public List<Rule> rules() {
        return List.of(SETTING_MEETS_NOTHING);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return SelectingObject.all(mesh)
                .filter(filter -> filter.object().kind().equals(Kind.ENVOY_FILTER) && !filter.isTargeted())
                .flatMap(filter -> ProxyPatch.of(filter.object())
                        .filter(ProxyPatch::isOfOneHost)
                        // A virtual host is added whatever is named (patchVirtualHosts).
                        .filter(patch -> !patch.operation().equals("ADD"))
                        .flatMap(patch -> finding(mesh, completeness, filter, patch).stream()));
    }

    private static Optional<Finding> finding(
            Mesh mesh, Completeness completeness, SelectingObject filter, ProxyPatch patch) {
        return switch (patch.context()) {
            case "GATEWAY" -> atGateway(mesh, filter, patch);
            case "SIDECAR_INBOUND" -> inbound(mesh, completeness, filter, patch);
            default -> Optional.empty();
        };
    }

    private static Optional<Finding> inbound(
            Mesh mesh, Completeness completeness, SelectingObject filter, ProxyPatch patch) {
        List<Pod> pods = pods(mesh, filter, Side.SIDECAR_INBOUND);
        List<String> names = pods.stream()
                .flatMap(pod -> ProxyHosts.inbound(mesh, pod))
                .distinct()
                .sorted()
                .toList();
        boolean served = pods.stream()
                .allMatch(pod -> !mesh.services().selecting(pod).isEmpty()
                        || !mesh.sidecars().ingress(pod).isEmpty());
        return pods.isEmpty() || names.contains(patch.host())
                ? Optional.empty()
                : Optional.of(Completeness.weighed(
                        SETTING_MEETS_NOTHING.at(
                                patch.source().at(NAME),
                                "no sidecar that it is for has a virtual host \"%s\"%s"
                                        .formatted(patch.host(), known(names, "they are called by ports of Services"))),
                        served && completeness.anyService()));
    }

    private static Optional<Finding> atGateway(Mesh mesh, SelectingObject filter, ProxyPatch patch) {
        Map<String, String> names = new TreeMap<>();
        pods(mesh, filter, Side.GATEWAY).forEach(pod -> names.putAll(ProxyHosts.ofGateway(mesh, pod)));
        String kept = names.get(patch.host());
        if (names.isEmpty() || patch.host().equals(kept)) {
            return Optional.empty();
        }
        if (kept != null) {
            return Optional.of(SETTING_MEETS_NOTHING.at(
                    patch.source().at(NAME),
                    "istiod keeps \"%s\", which has the same routes, under the name \"%s\""
                            .formatted(patch.host(), kept)));
        }
        // A VirtualService for the host may lie elsewhere, but not one that gives it another port here.
        String host = patch.host().replaceFirst(":\\d+$", "");
        boolean known = names.keySet().stream().anyMatch(name -> name.startsWith(host.concat(":")));
        return Optional.of(Completeness.weighed(
                SETTING_MEETS_NOTHING.at(
                        patch.source().at(NAME),
                        "no gateway that it is for has a virtual host \"%s\"%s"
                                .formatted(
                                        patch.host(),
                                        known(List.copyOf(names.keySet()), "names are compared letter by letter"))),
                known));
    }

    private static List<Pod> pods(Mesh mesh, SelectingObject filter, Side side) {
        return filter.pods(mesh).stream()
                .filter(pod -> side == Side.GATEWAY
                        ? pod.proxy().isGateway()
                        : pod.proxy().isSidecar())
                .toList();
    }

    private static String known(List<String> names, String how) {
        List<String> shown = names.stream()
                .filter(name -> !name.equals(ProxyHosts.PASSED_THROUGH))
                .limit(SHOWN)
                .toList();
        return shown.isEmpty() ? "" : "; %s, as %s".formatted(how, String.join(", ", shown));
    }
}
