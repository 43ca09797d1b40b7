package io.meshwright.check.rule.workload;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The kubelet asks the pod's address where a probe names no host, and itself runs on the node. Injection keeps the host
 * of {@code httpGet} when it lets the proxy ask in the kubelet's place, and forgets that of {@code tcpSocket}
 * (pkg/kube/inject/app_probe.go).
 */
@AutoService(Inspection.class)
public final class ProbesAskPod implements Check {
    public static final Rule PROBE_ASKS_NODE = Rule.warning("MESH425", "probe_asks_node")
            .title("A probe or a hook asks the node in place of its pod")
            .consequence("The pod never becomes ready, is restarted for ever, or passes for what listens on the node.")
            .remedy("Leave host out; a name for the application goes into httpHeaders as Host.");

    private static final Pattern LOOPBACK = Pattern.compile("localhost\\.?|127(\\.\\d{1,3}){3}|\\[?(0*:){2,7}0*1]?");
    private static final List<String> PLACES =
            List.of("livenessProbe", "readinessProbe", "startupProbe", "lifecycle/postStart", "lifecycle/preStop");

    @Override
    public List<Rule> rules() {
        return List.of(PROBE_ASKS_NODE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.pods().all().stream()
                .filter(pod -> !pod.spec().path("hostNetwork").asBoolean(false))
                .flatMap(ProbesAskPod::hosts)
                .map(host -> PROBE_ASKS_NODE.at(
                        host,
                        "the kubelet runs on the node, where \"%s\" is the node itself and not this pod"
                                .formatted(host.value().asText())));
    }

    private static Stream<Source> hosts(Pod pod) {
        Source spec = pod.source().at("/spec");
        return Stream.of("containers", "initContainers")
                .flatMap(spec::items)
                .flatMap(container -> PLACES.stream().map(place -> container.at("/".concat(place))))
                .flatMap(place -> Stream.of("httpGet", "tcpSocket")
                        .filter(handler -> handler.equals("httpGet") || !isRewritten(pod))
                        .map(handler -> place.at("/%s/host".formatted(handler))))
                .filter(host -> Fields.text(host.value())
                        .filter(text -> LOOPBACK.matcher(text).matches())
                        .isPresent());
    }

    private static boolean isRewritten(Pod pod) {
        return !pod.proxy().inMesh().isNo()
                && !"false".equalsIgnoreCase(pod.annotations().get(IstioAnnotations.REWRITE_PROBES));
    }
}
