package io.meshwright.check.rule.gateway;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.AwsLoadBalancer;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.istio.IstioAnnotations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A gateway behind a load balancer that begins connections with the PROXY protocol reads it (istio.io, Configuring
 * Gateway Network Topology; docs.aws.amazon.com, Proxy protocol).
 */
@AutoService(Inspection.class)
public final class ProxyProtocolRead implements Check {
    public static final Rule PROXY_PROTOCOL_UNREAD = Rule.error("MESH381", "proxy_protocol_unread")
            .title("A load balancer speaks the PROXY protocol to a gateway that does not read it")
            .consequence("The gateway takes its bytes for TLS or HTTP, and ends every connection.")
            .remedy(
                    "Write gatewayTopology: {proxyProtocol: {}} in proxy.istio.io/config of the gateway's pods; or remove"
                            + " what asks for the protocol, and keep addresses by preserve_client_ip.enabled=true.");

    @Override
    public List<Rule> rules() {
        return List.of(PROXY_PROTOCOL_UNREAD);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        if (mesh.config().readsProxyProtocol() || isPatched(mesh)) {
            return Stream.empty();
        }
        // A mesh whose settings lie elsewhere may read it there.
        boolean known = mesh.config().source().isPresent();
        Map<String, Finding> findings = new LinkedHashMap<>();
        mesh.services().all().stream()
                .map(OpenService::new)
                .forEach(open -> AwsLoadBalancer.of(open)
                        .flatMap(AwsLoadBalancer::sendsProxyProtocol)
                        .ifPresent(place -> mesh.services().pods(open.service()).stream()
                                .filter(pod -> pod.proxy().isGateway() && !reads(pod))
                                .forEach(pod -> findings.putIfAbsent(
                                        open.service().toString(),
                                        Completeness.weighed(
                                                PROXY_PROTOCOL_UNREAD.at(
                                                        place,
                                                        "%s is told to speak the PROXY protocol, which %s does not read"
                                                                .formatted(open.service(), pod)),
                                                known)))));
        return findings.values().stream();
    }

    private static boolean reads(Pod pod) {
        return Optional.ofNullable(pod.annotations().get(IstioAnnotations.PROXY_CONFIG))
                .flatMap(ManifestReader::value)
                .filter(config -> config.at("/gatewayTopology/proxyProtocol").isObject())
                .isPresent();
    }

    private static boolean isPatched(Mesh mesh) {
        return mesh.manifests().kind(Kind.ENVOY_FILTER).stream()
                .flatMap(filter -> Fields.items(filter.at("/spec/configPatches")).stream())
                .anyMatch(patch -> patch.toString().contains("proxy_protocol"));
    }
}
