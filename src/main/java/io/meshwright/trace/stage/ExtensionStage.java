package io.meshwright.trace.stage;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.extension.PatchEffect;
import io.meshwright.mesh.extension.PatchEffect.Limit;
import io.meshwright.mesh.extension.PatchEffect.Nothing;
import io.meshwright.mesh.extension.PatchEffect.Unknown;
import io.meshwright.mesh.extension.PatchEffects;
import io.meshwright.mesh.extension.ProxyPatch;
import io.meshwright.mesh.policy.Attachment;
import io.meshwright.mesh.route.RouteEntry;
import io.meshwright.mesh.route.VirtualHost;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Objects that reshape a proxy below Istio's own model: what the common ones do is told, the rest is unknown. */
final class ExtensionStage {
    private static final Kind AUTH_POLICY = new Kind("kuadrant.io", "AuthPolicy");

    private final Mesh mesh;
    private final PatchEffects effects;

    ExtensionStage(Mesh mesh) {
        this.mesh = mesh;
        this.effects = new PatchEffects(mesh.manifests());
    }

    /** Records what they do on one side of a pod's proxy. */
    void pass(PathRecorder recorder, Pod pod, ProxyPatch.Side side, Arrival arrival) {
        // ztunnel is no Envoy, and nothing extends it.
        if (pod.proxy().inMesh().isNo() || pod.proxy().isZtunnel()) {
            return;
        }
        mesh.manifests().kind(Kind.ENVOY_FILTER).stream()
                .filter(filter -> reaches(filter, Selector.labels(filter.at("/spec/workloadSelector/labels")), pod))
                .forEach(filter -> patched(recorder, pod, side, arrival, filter, ExtensionStage::isAtOnce));
        Stream.concat(
                        mesh.manifests().kind(Kind.WASM_PLUGIN).stream(),
                        mesh.version(pod).knowsTrafficExtensions()
                                ? mesh.manifests().kind(Kind.TRAFFIC_EXTENSION).stream()
                                : Stream.empty())
                .filter(plugin ->
                        reaches(plugin, Selector.of(plugin.at("/spec/selector")), pod) && runs(plugin, side, arrival))
                .forEach(plugin -> recorder.doubt(
                        "%s runs code in the proxy of %s".formatted(plugin, pod), List.of(Source.of(plugin))));
    }

    /** Applies what they do at a gateway to the requests of one route, which is known by now. */
    void routed(PathRecorder recorder, Pod pod, VirtualHost host, int port, RouteEntry route, Arrival arrival) {
        Manifest owner = route.route().owner().manifest();
        mesh.manifests().kind(AUTH_POLICY).stream()
                .filter(policy -> isFor(policy, pod, owner))
                .findFirst()
                .ifPresent(policy -> recorder.doubt(
                        "%s of Kuadrant decides who may call".formatted(policy), List.of(Source.of(policy))));
        mesh.manifests().kind(Kind.ENVOY_FILTER).stream()
                .filter(filter -> reaches(filter, Selector.labels(filter.at("/spec/workloadSelector/labels")), pod))
                .forEach(filter -> patched(
                        recorder,
                        pod,
                        ProxyPatch.Side.GATEWAY,
                        arrival,
                        filter,
                        patch -> !isAtOnce(patch)
                                && patch.isFor(
                                        host.domain(), port, route.route().name())));
    }

    /** Kuadrant enforces what is attached to a Gateway, or to one HTTPRoute, for the requests of routes alone. */
    private static boolean isFor(Manifest policy, Pod gateway, Manifest route) {
        String kind = policy.text("/spec/targetRef/kind").orElse("");
        String name = policy.text("/spec/targetRef/name").orElse("");
        return kind.equals(Kind.API_GATEWAY.name())
                ? policy.home().equals(gateway.namespace())
                        && name.equals(gateway.labels().get(Attachment.GATEWAY_NAME))
                : route.kind().equals(Kind.HTTP_ROUTE)
                        && kind.equals(Kind.HTTP_ROUTE.name())
                        && policy.home().equals(route.home())
                        && name.equals(route.name());
    }

    /** True unless it waits for the route of a gateway: elsewhere the names of virtual hosts are not followed. */
    private static boolean isAtOnce(ProxyPatch patch) {
        return !patch.isOfOneHost()
                || !patch.source().value().at("/match/context").asText("").equals(ProxyPatch.Side.GATEWAY.name());
    }

    /**
     * Plugins are for HTTP on all sides, unless they say otherwise; a gateway counts as client (istio.io, WasmPlugin).
     */
    private static boolean runs(Manifest plugin, ProxyPatch.Side side, Arrival arrival) {
        boolean reads = !arrival.opaque()
                || Stream.of("/spec/type", "/spec/wasm/type")
                        .anyMatch(type -> plugin.at(type).asText("").equals("NETWORK"));
        List<JsonNode> matches = Fields.items(plugin.at("/spec/match"));
        String other = side == ProxyPatch.Side.SIDECAR_INBOUND ? "CLIENT" : "SERVER";
        boolean meant = side == ProxyPatch.Side.WAYPOINT
                || matches.isEmpty()
                || matches.stream()
                        .anyMatch(match -> !match.path("mode").asText("").equals(other));
        return reads && meant;
    }

    private void patched(
            PathRecorder recorder,
            Pod pod,
            ProxyPatch.Side side,
            Arrival arrival,
            Manifest filter,
            Predicate<ProxyPatch> meant) {
        List<ProxyPatch> patches = ProxyPatch.of(filter)
                .filter(patch -> patch.isFor(side) && meant.test(patch) && !(arrival.opaque() && patch.isForHttp()))
                .toList();
        List<String> said = new ArrayList<>();
        for (ProxyPatch patch : patches) {
            for (PatchEffect effect : effects.of(patch, arrival.http())) {
                if (!said.contains(effect.what())) {
                    said.add(effect.what());
                    say(recorder, pod, patch, effect);
                }
            }
        }
    }

    private static void say(PathRecorder recorder, Pod pod, ProxyPatch patch, PatchEffect effect) {
        Source filter = Source.of(patch.source().manifest());
        if (effect instanceof Unknown unknown) {
            if (unknown.equals(PatchEffects.NOT_FOLLOWED)) {
                recorder.doubt(
                        "%s changes the proxy of %s %s".formatted(filter.manifest(), pod, unknown.what()),
                        List.of(filter));
            } else {
                recorder.doubt(
                        "%s %s in the proxy of %s".formatted(filter.manifest(), unknown.what(), pod), List.of(filter));
            }
        } else if (effect instanceof Limit limit) {
            recorder.step(limit.what(), filter);
        } else if (effect instanceof Nothing nothing) {
            recorder.step("a patch %s".formatted(nothing.what()), patch.source());
        }
    }

    private boolean reaches(Manifest extension, Selector selector, Pod pod) {
        boolean attached =
                extension.at("/spec").has("targetRefs") || extension.at("/spec").has("targetRef");
        if (attached || pod.proxy().isWaypoint()) {
            return Attachment.reaches(extension, pod, mesh.config());
        }
        boolean near = extension.home().equals(pod.namespace())
                || extension.home().equals(mesh.config().rootNamespace());
        return near && pod.isSelectedBy(selector);
    }
}
