package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.SeccompProfile;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The containers that a control plane puts into pods, as far as the Pod Security Standards ask
 * (manifests/charts/istio-control/istio-discovery/files/injection-template.yaml at 1.23.4, 1.26.2, 1.30.3 and 1.31.0,
 * alike but for the seccomp profile).
 *
 * @param values those of the chart, or of the ConfigMap istio-sidecar-injector
 */
public record SidecarTemplate(JsonNode values, Optional<IstioVersion> release) {
    private static final String CAPTURE = IstioAnnotations.INTERCEPTION_MODE;
    private static final String TEMPLATES = IstioAnnotations.TEMPLATES;

    /** True if somebody has written templates of his own, of which nothing is known here. */
    public boolean isChangedFor(Pod pod) {
        JsonNode webhook = values.path("sidecarInjectorWebhook");
        boolean own = Stream.of("templates", "defaultTemplates")
                .anyMatch(list -> !webhook.path(list).isEmpty());
        return own || !pod.annotations().getOrDefault(TEMPLATES, "sidecar").equals("sidecar");
    }

    /** The containers of the sidecar that a pod gets. */
    public List<String> containers(Pod pod) {
        return captures(pod)
                ? List.of(leavesNetworkToCni() ? "istio-validation" : "istio-init", "istio-proxy")
                : List.of("istio-proxy");
    }

    /**
     * True if the containers carry a profile of their own, which from 1.28 on global.proxy.seccompProfile gives them.
     */
    public boolean hasSeccompProfile() {
        boolean read = release.map(IstioVersion::givesSidecarsSeccompProfile).orElse(true);
        return read && SeccompProfile.isSafe(values.at("/global/proxy"));
    }

    /** Names the needs of the containers that both restricted and baseline forbid; empty if there are none. */
    public List<String> privileges(Pod pod) {
        Stream.Builder<String> needs = Stream.builder();
        if (captures(pod) && !leavesNetworkToCni()) {
            needs.add("istio-init adds NET_ADMIN and NET_RAW");
        }
        if (mode(pod).equals("TPROXY")) {
            needs.add("istio-proxy adds NET_ADMIN for TPROXY");
        }
        if (values.at("/global/proxy/privileged").asBoolean(false)) {
            needs.add("global.proxy.privileged lets all of it run privileged");
        }
        return needs.build().toList();
    }

    /** True if the traffic of init containers is redirected too, which istio-cni does before any of them starts. */
    public boolean capturesInitContainers(Pod pod) {
        return captures(pod) && leavesNetworkToCni();
    }

    private boolean captures(Pod pod) {
        return !mode(pod).equals("NONE");
    }

    private String mode(Pod pod) {
        return pod.annotations()
                .getOrDefault(
                        CAPTURE,
                        Fields.text(values.at("/meshConfig/defaultConfig/interceptionMode"))
                                .orElse("REDIRECT"));
    }

    /** The key stands at the top from 1.24 on; OpenShift's profile turns it on by itself. */
    private boolean leavesNetworkToCni() {
        return Stream.of("/pilot/cni/enabled", "/cni/enabled", "/istio_cni/enabled")
                        .anyMatch(key -> values.at(key).asBoolean(false))
                || values.at("/global/platform").asText("").equals("openshift")
                || values.path("profile").asText("").startsWith("openshift");
    }
}
