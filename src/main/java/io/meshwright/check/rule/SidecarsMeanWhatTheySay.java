package io.meshwright.check.rule;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A Sidecar imports hosts that exist, and says what becomes of the others. */
public final class SidecarsMeanWhatTheySay implements Check {
    @Override
    public Stream<Finding> run(Mesh mesh) {
        Given given = new Given(mesh);
        return mesh.manifests().kind(Kind.SIDECAR).stream().flatMap(sidecar -> findings(mesh, given, sidecar).stream());
    }

    private static List<Finding> findings(Mesh mesh, Given given, Manifest sidecar) {
        List<Finding> findings = new ArrayList<>();
        Source source = Source.of(sidecar);
        if (sidecar.home().equals(mesh.config().rootNamespace())
                && sidecar.at("/spec/workloadSelector").isObject()) {
            findings.add(Rule.SIDECAR_SELECTS_IN_ROOT.at(
                    source.at("/spec/workloadSelector"),
                    "a Sidecar of the root namespace with a selector is no default for the mesh; it acts on"
                            + " pods of that namespace only"));
        }
        if (isAmbient(mesh, sidecar)) {
            findings.add(Rule.SIDECAR_FOR_AMBIENT.at(
                    sidecar, "all pods that it is for are in ambient mode and have no sidecar, so it acts on nothing"));
        }
        JsonNode outbound = sidecar.at("/spec/outboundTrafficPolicy");
        if (outbound.isObject() && !outbound.has("mode")) {
            findings.add(Rule.OUTBOUND_WITHOUT_MODE.at(
                    source.at("/spec/outboundTrafficPolicy"),
                    "without a mode the policy means REGISTRY_ONLY: calls to hosts that nobody declares get 502"));
        }
        for (int listener = 0; listener < sidecar.at("/spec/egress").size(); listener++) {
            for (int index = 0;
                    index
                            < sidecar.at("/spec/egress")
                                    .path(listener)
                                    .path("hosts")
                                    .size();
                    index++) {
                lost(mesh, given, source.item("spec/egress", listener).item("hosts", index))
                        .ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static boolean isAmbient(Mesh mesh, Manifest sidecar) {
        Selector selector = Selector.labels(sidecar.at("/spec/workloadSelector/labels"));
        List<Pod> pods = mesh.pods().selectedBy(sidecar.home(), selector);
        return !pods.isEmpty() && pods.stream().allMatch(pod -> pod.proxy().type() == Proxy.Type.ZTUNNEL);
    }

    private static Optional<Finding> lost(Mesh mesh, Given given, Source entry) {
        String written = entry.manifest().at(entry.pointer()).asText("");
        int slash = written.indexOf('/');
        String namespace = slash < 0
                ? ""
                : written.substring(0, slash)
                        .replaceFirst("^\\.$", entry.manifest().home());
        String host = written.substring(slash + 1);
        boolean any =
                host.startsWith("*") || namespace.equals("*") || namespace.equals("~") || !given.services(namespace);
        boolean known = any
                || mesh.externals().hasHost(host)
                || mesh.services().all().stream()
                        .anyMatch(service ->
                                service.namespace().equals(namespace) && HostName.overlap(service.host(), host));
        return known
                ? Optional.empty()
                : Optional.of(Rule.SIDECAR_IMPORTS_UNKNOWN.at(
                        entry,
                        "namespace \"%s\" has no host \"%s\", so nothing is imported by it"
                                .formatted(namespace, host)));
    }
}
