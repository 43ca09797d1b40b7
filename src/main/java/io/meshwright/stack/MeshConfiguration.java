package io.meshwright.stack;

import io.meshwright.environment.Environment;
import io.meshwright.environment.Istio;
import io.meshwright.environment.Istio.Provider;
import io.meshwright.environment.Service;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.Port;
import io.meshwright.value.Require;
import io.meshwright.value.edge.Authorizer;
import io.meshwright.value.istio.IstioNames;
import io.meshwright.value.istio.IstioPorts;
import io.meshwright.value.telemetry.OtlpPorts;
import io.meshwright.value.telemetry.SpanTag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code meshConfig} of one environment: what istiod tells every proxy (istio.io, global mesh options). */
final class MeshConfiguration {
    /** Provider of spans where the file declares none of its own. */
    private final Environment environment;

    private final Name istiod;
    private final boolean dnsCapture;

    /** {@code istiod} is the Service that these proxies are configured by. */
    MeshConfiguration(Environment environment, Name istiod, boolean dnsCapture) {
        this.environment = environment;
        this.istiod = istiod;
        this.dnsCapture = dnsCapture;
    }

    Map<String, Object> values() {
        Istio istio = environment.istio();
        Map<String, Object> mesh = new LinkedHashMap<>();
        mesh.put("accessLogFile", istio.telemetry().accessLogFile());
        mesh.put("enablePrometheusMerge", true);
        mesh.put("rootNamespace", IstioNames.ROOT_NAMESPACE.value());
        mesh.put("trustDomain", IstioNames.TRUST_DOMAIN.value());
        mesh.put("outboundTrafficPolicy", entry("mode", istio.outbound().name()));
        mesh.put("enableTracing", traces());
        if (environment.usesGatewayApi()) {
            // HTTPRoutes of the standard channel say nothing of retries, and Istio's own would repeat POST too; every
            // VirtualService says its own (istio.io, global mesh options).
            mesh.put("defaultHttpRetryPolicy", entry("attempts", 0));
        }
        mesh.put("defaultConfig", proxies());
        mesh.put("extensionProviders", providers());
        return mesh;
    }

    private Map<String, Object> proxies() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("discoveryAddress", "%s.%s.svc:%s".formatted(istiod, IstioNames.ROOT_NAMESPACE, IstioPorts.XDS));
        // An application that starts before its sidecar finds no network.
        defaults.put("holdApplicationUntilProxyStarts", true);
        if (traces()) {
            defaults.put("tracing", tracing());
        }
        int trusted = environment.cluster().edge().trustedProxies();
        if (trusted > 0) {
            defaults.put("gatewayTopology", entry("numTrustedProxies", trusted));
        }
        if (dnsCapture) {
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("ISTIO_META_DNS_CAPTURE", "true");
            defaults.put("proxyMetadata", metadata);
        }
        return defaults;
    }

    private boolean traces() {
        return environment.observability().parts().hasTraces();
    }

    private Map<String, Object> tracing() {
        Map<String, Object> tracing = new LinkedHashMap<>();
        tracing.put("sampling", environment.istio().telemetry().sampling());
        Map<String, Object> tags = new LinkedHashMap<>();
        environment.istio().telemetry().tags().forEach((name, tag) -> tags.put(name, tag(tag)));
        if (!tags.isEmpty()) {
            tracing.put("customTags", tags);
        }
        return tracing;
    }

    private static Map<String, Object> tag(SpanTag tag) {
        if (tag.literal() != null) {
            return entry("literal", entry("value", tag.literal()));
        }
        return tag.environment() != null
                ? entry("environment", source(tag.environment(), tag))
                : entry("header", source(Require.present("header", tag.header()), tag));
    }

    private static Map<String, Object> source(String name, SpanTag tag) {
        Map<String, Object> source = entry("name", name);
        if (tag.defaultValue() != null) {
            source.put("defaultValue", tag.defaultValue());
        }
        return source;
    }

    private List<Object> providers() {
        List<Object> providers = new ArrayList<>();
        if (traces() && !environment.istio().telemetry().providers().containsKey(Istio.TRACING)) {
            providers.add(provider(Istio.TRACING, new Provider(Provider.Kind.TRACING, null)));
        }
        environment
                .istio()
                .telemetry()
                .providers()
                .forEach((name, provider) -> providers.add(provider(name, provider)));
        environment.istio().authorizers().forEach((name, authorizer) -> providers.add(provider(name, authorizer)));
        return providers;
    }

    private Map<String, Object> provider(Name name, Authorizer authorizer) {
        Service service = Objects.requireNonNull(environment.services().get(authorizer.service()), name::toString);
        Port port = authorizer.port() == null ? service.ports().get(0).port() : authorizer.port();
        Map<String, Object> asked = entry(
                "service",
                KubernetesNames.serviceHost(authorizer.service(), service.namespace())
                        .value());
        asked.put("port", port.value());
        asked.put("timeout", authorizer.timeout().inSeconds());
        asked.put("failOpen", authorizer.failOpen());
        if (!authorizer.failOpen()) {
            asked.put("statusOnError", authorizer.statusOnError().toString());
        }
        if (authorizer.protocol() == Authorizer.Protocol.HTTP) {
            byHttp(asked, authorizer);
        }
        Map<String, Object> rendered = entry("name", name.toString());
        rendered.put(
                authorizer.protocol() == Authorizer.Protocol.HTTP ? "envoyExtAuthzHttp" : "envoyExtAuthzGrpc", asked);
        return rendered;
    }

    private static void byHttp(Map<String, Object> asked, Authorizer authorizer) {
        if (authorizer.pathPrefix() != null) {
            asked.put("pathPrefix", authorizer.pathPrefix());
        }
        asked.put("includeRequestHeadersInCheck", authorizer.includeRequestHeadersInCheck());
        asked.put("headersToUpstreamOnAllow", authorizer.headersToUpstreamOnAllow());
        asked.put("headersToDownstreamOnAllow", authorizer.headersToDownstreamOnAllow());
        asked.put("headersToDownstreamOnDeny", authorizer.headersToDownstreamOnDeny());
    }

    private Map<String, Object> provider(Name name, Provider provider) {
        Map<String, Object> collector = new LinkedHashMap<>();
        collector.put(
                "service",
                KubernetesNames.serviceHost(
                                Name.of("otel-collector"),
                                environment.observability().namespace())
                        .value());
        collector.put("port", OtlpPorts.GRPC.value());
        if (!provider.labels().isEmpty()) {
            collector.put("logFormat", entry("labels", new LinkedHashMap<String, Object>(provider.labels())));
        }
        Map<String, Object> rendered = entry("name", name.toString());
        rendered.put(provider.kind() == Provider.Kind.TRACING ? "opentelemetry" : "envoyOtelAls", collector);
        return rendered;
    }

    private static Map<String, Object> entry(String key, Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(key, value);
        return map;
    }
}
