package io.meshwright.mesh.install;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.gatewayapi.ApiGateway;
import io.meshwright.mesh.gatewayapi.ListenerSets;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.ControlPlanes;
import io.meshwright.mesh.workload.Injection;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Selector;
import io.meshwright.mesh.workload.Service;
import io.meshwright.value.istio.IstioAnnotations;
import io.meshwright.value.istio.IstioLabels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The installation of Istio itself as the manifests tell it: by Argo CD, Flux or hand from Helm charts, by an
 * IstioOperator or by the Sail operator.
 */
public final class Installation implements ControlPlanes {
    /** The values of the chart that stand for annotations (files/injection-template.yaml). */
    private static final Map<String, String> CAPTURE = Map.of(
            "includeIPRanges",
            IstioAnnotations.INCLUDE_OUTBOUND_RANGES,
            "excludeIPRanges",
            IstioAnnotations.EXCLUDE_OUTBOUND_RANGES,
            "includeInboundPorts",
            IstioAnnotations.INCLUDE_INBOUND_PORTS,
            "excludeInboundPorts",
            IstioAnnotations.EXCLUDE_INBOUND_PORTS,
            "includeOutboundPorts",
            IstioAnnotations.TRAFFIC.concat("includeOutboundPorts"),
            "excludeOutboundPorts",
            IstioAnnotations.TRAFFIC.concat("excludeOutboundPorts"));

    private static final String MAP = "istio";

    private final List<IstiodChart> controlPlanes = new ArrayList<>();
    private final Map<String, String> tags = new TreeMap<>();
    private final List<HelmRelease> gateways = new ArrayList<>();
    private final List<OperatorGateway> operatorGateways = new ArrayList<>();
    private final List<ApiGateway> apiGateways;
    private final List<Injector> injectors;
    private final List<RenderedIstiod> rendered;
    private final MeshConfig mesh;

    private Installation(Manifests manifests) {
        HelmRelease.ofIstio(manifests).forEach(this::helm);
        manifests.kind(Kind.ISTIO_OPERATOR).forEach(this::operator);
        SailOperator sail = new SailOperator(manifests);
        controlPlanes.addAll(sail.controlPlanes());
        tags.putAll(sail.tags());
        manifests.kind(Kind.MUTATING_WEBHOOK).forEach(this::tag);
        GatewayDefaults defaults = new GatewayDefaults(manifests, controlPlanes);
        this.apiGateways = ApiGateway.of(manifests).stream()
                .filter(ApiGateway::isManaged)
                .map(defaults::onto)
                .toList();
        this.injectors = Injector.of(manifests);
        this.rendered = RenderedIstiod.of(manifests);
        this.mesh = written(manifests)
                .or(() -> controlPlanes.stream().findFirst().map(IstiodChart::mesh))
                .or(this::switched)
                .orElseGet(MeshConfig::defaults);
    }

    public static Installation of(Manifests manifests) {
        return new Installation(manifests);
    }

    private void helm(HelmRelease release) {
        if (release.is("istiod")) {
            controlPlanes.add(IstiodChart.of(release));
        } else if (release.is("gateway") && !(isOfFile(release) && !release.hasAllValues())) {
            gateways.add(release);
        }
    }

    /** Without the files that these name nobody knows labels and ports; Argo CD and Flux mostly write them out. */
    private static boolean isOfFile(HelmRelease release) {
        Kind kind = release.source().manifest().kind();
        return kind.equals(Kind.HELMFILE) || kind.equals(Kind.KUSTOMIZATION);
    }

    /** A tag that stands apart from its chart, as {@code istioctl tag generate} writes it too. */
    private void tag(Manifest webhook) {
        String revision = webhook.labels().get(Injection.REVISION);
        String tag = webhook.labels().get(IstioLabels.TAG);
        if (revision != null && tag != null) {
            tags.put(tag, revision);
        }
    }

    private void operator(Manifest manifest) {
        IstioOperator operator = new IstioOperator(manifest);
        operator.controlPlane().ifPresent(controlPlanes::add);
        operatorGateways.addAll(operator.gateways());
    }

    /** The ConfigMap istio, or istio-REVISION, is what istiod reads in the end. */
    private Optional<MeshConfig> written(Manifests manifests) {
        return manifests.kind(Kind.CONFIG_MAP).stream()
                .filter(map -> map.name().equals(MAP) || map.name().startsWith("istio-"))
                .filter(map -> map.at("/data/mesh").isTextual())
                .findFirst()
                .flatMap(map -> ManifestReader.value(map.at("/data/mesh").asText())
                        .map(mesh -> MeshConfig.of(
                                mesh,
                                environment(revision(map)).orElse(map.at("/none")),
                                MeshConfig.defaults().domain(),
                                Source.of(map).at("/data/mesh"))));
    }

    private static String revision(Manifest map) {
        return map.name().equals(MAP) ? "default" : map.name().substring(MAP.length() + 1);
    }

    /** The switches by which its Deployment tells the istiod of a revision, unless several are written down. */
    private Optional<JsonNode> environment(String revision) {
        List<JsonNode> told = rendered.stream()
                .filter(istiod -> istiod.revision().equals(revision))
                .map(RenderedIstiod::environment)
                .distinct()
                .toList();
        return told.size() == 1 ? Optional.of(told.get(0)) : Optional.empty();
    }

    /** The defaults, with what the Deployment of the one istiod that is written down tells it. */
    private Optional<MeshConfig> switched() {
        List<String> revisions =
                rendered.stream().map(RenderedIstiod::revision).distinct().toList();
        return revisions.size() == 1
                ? environment(revisions.get(0))
                        .map(told -> MeshConfig.of(
                                MissingNode.getInstance(),
                                told,
                                MeshConfig.defaults().domain(),
                                rendered.get(0).image().at("/none")))
                : Optional.empty();
    }

    /** True if the manifests install an istiod; if not, one is expected to be there already. */
    public boolean isWritten() {
        return !controlPlanes.isEmpty();
    }

    /** True if several control planes answer for one revision: clusters, or samples, of which each may be meant. */
    public boolean isOneOfSeveral() {
        List<String> answered = controlPlanes.stream()
                .flatMap(plane -> plane.revisions().stream().distinct())
                .toList();
        return answered.stream().distinct().count() < answered.size();
    }

    /** The releases that the installation names, oldest first: two while an upgrade lasts. */
    public List<IstioVersion> versions() {
        List<IstioVersion> named = sorted(controlPlanes.stream().flatMap(plane -> plane.release().stream()));
        List<IstioVersion> written = sorted(rendered.stream().map(RenderedIstiod::release));
        if (!named.isEmpty() || written.size() < 2) {
            return named.isEmpty() ? written : named;
        }
        // Collections hold many renderings of one chart, of which the ends tell enough.
        return List.of(written.get(0), written.get(written.size() - 1));
    }

    private static List<IstioVersion> sorted(Stream<IstioVersion> releases) {
        return releases.distinct()
                .sorted(Comparator.comparing(IstioVersion::version))
                .toList();
    }

    /** The control planes whose chart is rendered already. */
    public List<RenderedIstiod> rendered() {
        return rendered;
    }

    /** Place of the release of each control plane that names one. */
    public Map<Source, IstioVersion> named() {
        Map<Source, IstioVersion> named = new LinkedHashMap<>();
        controlPlanes.forEach(plane -> plane.release().ifPresent(release -> named.put(plane.named(), release)));
        return named;
    }

    /** Tells whether an object installs a control plane, and so decides about every proxy. */
    public boolean isInstalledBy(Manifest object) {
        return controlPlanes.stream().anyMatch(plane -> plane.named().manifest() == object);
    }

    @Override
    public Optional<IstioVersion> version(String revision) {
        return plane(revision)
                .flatMap(IstiodChart::release)
                .or(() -> rendered.stream()
                        .filter(istiod -> istiod.revision().equals(tags.getOrDefault(revision, revision)))
                        .map(RenderedIstiod::release)
                        .findFirst());
    }

    @Override
    public Truth serves(String revision) {
        return isWritten() ? Truth.of(plane(revision).isPresent()) : Truth.UNKNOWN;
    }

    private Optional<IstiodChart> plane(String revision) {
        String meant = tags.getOrDefault(revision, revision);
        return controlPlanes.stream()
                .filter(plane -> plane.revisions().contains(meant))
                .findFirst();
    }

    /** Of several control planes the labels of a namespace choose one, which is not followed here. */
    private JsonNode onlyValues() {
        List<JsonNode> values = Stream.concat(
                        controlPlanes.stream().map(IstiodChart::values),
                        injectors.stream().map(Injector::values))
                .toList();
        return values.size() == 1 ? values.get(0) : MissingNode.getInstance();
    }

    @Override
    public boolean neverInjects(Map<String, String> labels) {
        boolean unasked =
                !onlyValues().at("/global/proxy/autoInject").asText("enabled").equals("disabled");
        return injectorSelects("neverInjectSelector", labels)
                || !unasked && !injectorSelects("alwaysInjectSelector", labels);
    }

    private boolean injectorSelects(String selectors, Map<String, String> labels) {
        return Fields.items(onlyValues().at("/sidecarInjectorWebhook").path(selectors)).stream()
                .map(Selector::of)
                .anyMatch(selector -> !selector.isEmpty() && selector.selects(labels));
    }

    @Override
    public Map<String, String> capture() {
        Map<String, String> annotations = new TreeMap<>();
        CAPTURE.forEach((value, annotation) -> Optional.of(
                        onlyValues().at("/global/proxy").path(value))
                .filter(JsonNode::isValueNode)
                .ifPresent(written -> annotations.put(annotation, written.asText())));
        return annotations;
    }

    @Override
    public boolean injectsByDefault() {
        return controlPlanes.stream().anyMatch(IstiodChart::injectsByDefault)
                || injectors.stream().anyMatch(Injector::injectsByDefault);
    }

    /** The injectors of a running cluster whose settings are among the manifests. */
    public List<Injector> injectors() {
        return injectors;
    }

    /** The containers that each control plane puts into pods; empty where the manifests install none. */
    public List<SidecarTemplate> sidecarTemplates() {
        return Stream.concat(
                        controlPlanes.stream().map(IstiodChart::template),
                        injectors.stream().map(Injector::template))
                .toList();
    }

    public MeshConfig mesh() {
        return mesh;
    }

    public List<Pod> pods() {
        return Stream.of(
                        controlPlanes.stream().map(IstiodChart::pod),
                        gateways.stream().map(GatewayChart::new).map(chart -> chart.pod(this)),
                        operatorGateways.stream().map(OperatorGateway::pod),
                        apiGateways.stream().map(gateway -> gateway.pod(mesh)))
                .flatMap(pods -> pods)
                .toList();
    }

    public List<Service> services(ListenerSets sets) {
        return Stream.of(
                        controlPlanes.stream().map(plane -> plane.service(mesh)),
                        gateways.stream().map(GatewayChart::new).flatMap(chart -> chart.service(mesh).stream()),
                        operatorGateways.stream().map(gateway -> gateway.service(mesh)),
                        apiGateways.stream()
                                .map(gateway -> gateway.and(sets.of(gateway.manifest())))
                                .map(gateway -> gateway.service(mesh)))
                .flatMap(services -> services)
                .toList();
    }
}
