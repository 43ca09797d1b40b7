package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.terms.Export;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Protocol;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Injection;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.mesh.workload.ServicePort;
import io.meshwright.value.istio.IstioPorts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The control plane that the istiod chart, an IstioOperator or the Sail operator makes of Helm values; {@code named} is
 * where its release stands, {@code whole} whether all values are among the manifests.
 */
record IstiodChart(Source source, Source named, String namespace, String version, JsonNode values, boolean whole) {
    private static final String DEFAULT_REVISION = "default";
    /** Said by the profiles for ambient mode besides, so that sidecars take tunnels (profile-ambient.yaml). */
    private static final String TUNNELS = MeshConfig.TAKES_TUNNELS;

    static IstiodChart of(HelmRelease release) {
        return new IstiodChart(
                release.valuesSource(),
                release.versionSource(),
                release.namespace(),
                release.version(),
                release.values(),
                release.hasAllValues());
    }

    /** The revisions and tags under which its webhooks answer. */
    List<String> revisions() {
        List<String> tags = Fields.texts(values.path("revisionTags"));
        return Stream.concat(Stream.of(revision()), tags.stream()).toList();
    }

    /** Its release, where the installation names one, such as {@code 1.26.2}. */
    Optional<IstioVersion> release() {
        return Optional.of(version.replaceFirst("^v", ""))
                .filter(text -> text.matches("\\d{1,3}\\.\\d{1,3}(\\.\\d{1,3})?"))
                .map(IstioVersion::of);
    }

    String revision() {
        return Fields.text(values.path("revision")).orElse(DEFAULT_REVISION);
    }

    SidecarTemplate template() {
        return new SidecarTemplate(values, release());
    }

    boolean injectsByDefault() {
        return values.at("/sidecarInjectorWebhook/enableNamespacesByDefault").asBoolean(false);
    }

    MeshConfig mesh() {
        String domain = Fields.text(values.at("/global/proxy/clusterDomain"))
                .orElse(MeshConfig.defaults().domain());
        ObjectNode mesh = values.path("meshConfig") instanceof ObjectNode written
                ? written.deepCopy()
                : ((ObjectNode) values).objectNode();
        if (!mesh.has("rootNamespace")) {
            // The chart writes its own namespace where the values say nothing.
            mesh.put(
                    "rootNamespace",
                    Fields.text(values.at("/global/istioNamespace")).orElse(namespace));
        }
        String profile = values.path("profile").asText("");
        if (profile.equals("ambient") || profile.equals("openshift-ambient")) {
            ObjectNode metadata = mesh.withObjectProperty("defaultConfig").withObjectProperty("proxyMetadata");
            metadata.putIfAbsent(TUNNELS, metadata.textNode("true"));
        }
        ObjectNode environment = ((ObjectNode) values).objectNode();
        Stream.of("/env", "/pilot/env")
                .flatMap(place -> values.at(place).properties().stream())
                .forEach(variable -> environment.set(variable.getKey(), variable.getValue()));
        MeshConfig written = MeshConfig.of(mesh, environment, domain, source.at("/meshConfig"));
        return whole ? written : written.inPart();
    }

    Pod pod() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("app", "istiod");
        // Keeps the Service of the one without a name from choosing pods of the others.
        labels.put("istio", revision().equals(DEFAULT_REVISION) ? "pilot" : "istiod");
        labels.put(Injection.REVISION, revision());
        return new Pod(
                source,
                namespace,
                new Pod.Metadata(name(), labels, Map.of(), name()),
                values.path("none"),
                OptionalInt.of(1),
                new Proxy(Proxy.Type.NONE, "istiod runs without a proxy"));
    }

    Service service(MeshConfig mesh) {
        Map<String, String> selector = new LinkedHashMap<>();
        selector.put("app", "istiod");
        boolean named = !revision().equals(DEFAULT_REVISION);
        selector.put(named ? Injection.REVISION : "istio", named ? revision() : "pilot");
        List<ServicePort> ports = List.of(
                port(IstioPorts.PLAIN_XDS.value(), "grpc-xds", ""),
                port(IstioPorts.XDS.value(), "https-dns", ""),
                port(443, "https-webhook", IstioPorts.WEBHOOK.toString()),
                port(IstioPorts.MONITORING.value(), "http-monitoring", ""));
        return new Service(
                source,
                HostName.ofService(name(), namespace, mesh.domain()),
                namespace,
                Service.Type.CLUSTER_IP,
                ports,
                Optional.of(Selector.of(selector)),
                Export.of(List.of(), namespace, mesh.serviceExport()),
                Service.Reach.CLUSTER);
    }

    private ServicePort port(int number, String name, String target) {
        return new ServicePort(
                number, name, Protocol.ofServicePort(number, name, Optional.empty(), "TCP"), target, source);
    }

    private String name() {
        return revision().equals(DEFAULT_REVISION) ? "istiod" : "istiod-%s".formatted(revision());
    }
}
