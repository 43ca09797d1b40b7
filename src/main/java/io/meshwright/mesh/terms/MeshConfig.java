package io.meshwright.mesh.terms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.meshwright.manifest.Fields;
import io.meshwright.value.istio.IstioNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The settings of the whole mesh; what nobody has written is Istio's default. */
public final class MeshConfig {
    public static final String DEFAULT_ROOT_NAMESPACE = IstioNames.ROOT_NAMESPACE.value();
    /** The setting of proxies by which sidecars take tunnels as ztunnels do. */
    public static final String TAKES_TUNNELS = "ISTIO_META_ENABLE_HBONE";

    /** The settings of proxies that answer DNS, and that allocate addresses themselves. */
    public static final String CAPTURES_DNS = "ISTIO_META_DNS_CAPTURE";

    public static final String ALLOCATES_ADDRESSES = "ISTIO_META_DNS_AUTO_ALLOCATE";

    private static final String DEFAULT_TRUST_DOMAIN = IstioNames.TRUST_DOMAIN.value();
    private static final String INGRESS_GATEWAY = "istio-ingressgateway";
    private static final String ALL = "*";
    private static final String OWN = ".";
    private static final List<String> EVERYWHERE = List.of(ALL);
    private static final List<String> NOWHERE = List.of("~");

    private final JsonNode mesh;
    private final JsonNode environment;
    private final String domain;
    private final Optional<Source> source;
    private final boolean whole;
    private final boolean narrow;
    private final String rootNamespace;

    private MeshConfig(
            JsonNode mesh,
            JsonNode environment,
            String domain,
            Optional<Source> source,
            boolean whole,
            boolean narrow) {
        this.narrow = narrow;
        this.mesh = mesh;
        this.environment = environment;
        this.domain = domain;
        this.source = source;
        this.whole = whole;
        this.rootNamespace = text("rootNamespace", DEFAULT_ROOT_NAMESPACE);
    }

    /** {@code environment} holds istiod's feature switches by name. */
    public static MeshConfig of(JsonNode mesh, JsonNode environment, String domain, Source source) {
        return new MeshConfig(mesh, environment, domain, Optional.of(source), true, false);
    }

    public static MeshConfig defaults() {
        return new MeshConfig(
                MissingNode.getInstance(),
                MissingNode.getInstance(),
                DEFAULT_TRUST_DOMAIN,
                Optional.empty(),
                true,
                false);
    }

    /** The same, of which some settings stand in files or objects that are not among the manifests. */
    public MeshConfig inPart() {
        return new MeshConfig(mesh, environment, domain, source, false, narrow);
    }

    /** The same as a release reads it. */
    public MeshConfig readBy(IstioVersion version) {
        return new MeshConfig(mesh, environment, domain, source, whole, version.narrowsDefaultExports());
    }

    /** True if a setting that is not written here may stand elsewhere. */
    public boolean mayLack(String pointer) {
        return !whole && mesh.at(pointer).isMissingNode();
    }

    /** Ways to treat calls to hosts that the mesh does not know. */
    public enum Outbound {
        ALLOW_ANY,
        REGISTRY_ONLY
    }

    /** Place at which the configuration was found; empty when everything is default. */
    public Optional<Source> source() {
        return source;
    }

    /** True if both say the same, wherever it is written. */
    public boolean agreesWith(MeshConfig other) {
        return mesh.equals(other.mesh)
                && environment.equals(other.environment)
                && domain.equals(other.domain)
                && whole == other.whole;
    }

    /** The namespace whose policies act on the whole mesh. */
    public String rootNamespace() {
        return rootNamespace;
    }

    /** The first part of every identity. */
    public String trustDomain() {
        return text("trustDomain", DEFAULT_TRUST_DOMAIN);
    }

    public List<String> trustDomainAliases() {
        return Fields.texts(mesh.path("trustDomainAliases"));
    }

    /** The DNS suffix of Kubernetes services. */
    public String domain() {
        return domain;
    }

    public Outbound outbound() {
        return mesh.at("/outboundTrafficPolicy/mode").asText().equals("REGISTRY_ONLY")
                ? Outbound.REGISTRY_ONLY
                : Outbound.ALLOW_ANY;
    }

    /** The labels of namespaces that istiod knows, any one of them; without any it knows all. */
    public List<JsonNode> discoverySelectors() {
        return Fields.items(mesh.path("discoverySelectors"));
    }

    public boolean autoMtls() {
        return mesh.path("enableAutoMtls").asBoolean(true);
    }

    /** True if proxies that look at the first bytes of a connection wait for them without end. */
    public boolean waitsForFirstBytes() {
        return GoTime.nanos(mesh.path("protocolDetectionTimeout").asText("0s"))
                .filter(nanos -> nanos.signum() > 0)
                .isEmpty();
    }

    public boolean prometheusMerge() {
        return mesh.path("enablePrometheusMerge").asBoolean(true);
    }

    /** True if proxies speak HTTP/2 to services whose ports are said to carry HTTP. */
    public boolean upgradesToHttp2() {
        return mesh.path("h2UpgradePolicy").asText("").equals("UPGRADE");
    }

    /** True if sidecars answer DNS themselves, without which they know no addresses that istiod allocates. */
    public boolean capturesDns() {
        return proxyMetadata(CAPTURES_DNS);
    }

    /** True if sidecars allocate addresses to hosts that have none, as releases before 1.25 do. */
    public boolean allocatesByProxy() {
        return proxyMetadata(ALLOCATES_ADDRESSES);
    }

    private boolean proxyMetadata(String name) {
        return mesh.at("/defaultConfig/proxyMetadata").path(name).asBoolean(false);
    }

    /** Number of proxies that stand between a client and a gateway, each of which appends to X-Forwarded-For. */
    public int trustedProxies() {
        return mesh.at("/defaultConfig/gatewayTopology/numTrustedProxies").asInt(0);
    }

    /** True if gateways read the client's address from the PROXY protocol. */
    public boolean readsProxyProtocol() {
        return mesh.at("/defaultConfig/gatewayTopology/proxyProtocol").isObject();
    }

    /** True if proxies fetch keys of tokens themselves, or may, and istiod does not (pilot/pkg/features). */
    public boolean proxiesFetchKeys() {
        return !List.of("", "false", "istiod")
                .contains(environment.path("PILOT_JWT_ENABLE_REMOTE_JWKS").asText(""));
    }

    /** The form that proxies give paths before they match them. */
    public PathNormalization pathNormalization() {
        return PathNormalization.of(mesh.at("/pathNormalization/normalization").asText(""));
    }

    /** The retry policy of routes that name none; missing where Istio's own applies. */
    public JsonNode defaultRetries() {
        return mesh.path("defaultHttpRetryPolicy");
    }

    /** The whole configuration as written, for settings without a question of their own. */
    public JsonNode body() {
        return mesh;
    }

    public Optional<JsonNode> provider(String name) {
        return Fields.items(mesh.path("extensionProviders")).stream()
                .filter(provider -> provider.path("name").asText().equals(name))
                .findFirst();
    }

    public List<String> serviceExport() {
        return export("defaultServiceExportTo");
    }

    public List<String> virtualServiceExport() {
        return export("defaultVirtualServiceExportTo");
    }

    public List<String> destinationRuleExport() {
        // Other namespaces count for nothing here (PushContext.setDestinationRules).
        return Fields.texts(mesh.path("defaultDestinationRuleExportTo")).contains(OWN) ? List.of(OWN) : EVERYWHERE;
    }

    /** True if a Gateway object acts only on gateway pods of its own namespace. */
    public boolean scopesGatewayToNamespace() {
        return feature("PILOT_SCOPE_GATEWAY_TO_NAMESPACE", false);
    }

    /** True if sidecars are told the endpoints of headless Services, and so the targets of their ports. */
    public boolean tellsEndpointsOfHeadless() {
        return feature("PILOT_ENABLE_EDS_FOR_HEADLESS_SERVICES", false);
    }

    /** True if one proxy may ask several external authorizers. */
    public boolean asksSeveralAuthorizers(IstioVersion version) {
        return version.canAskSeveralAuthorizers() && feature("PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS", false);
    }

    /** True if no Gateway object of another namespace acts on pods that istiod runs for the Gateway API. */
    public boolean mergesGatewaysStrictly() {
        return feature("PILOT_ENABLE_STRICT_GATEWAY_MERGING", true);
    }

    /** True if the pods that istiod makes for a Gateway of the Gateway API get its labels, unless it says otherwise. */
    public boolean copiesGatewayLabels() {
        return feature("PILOT_ENABLE_GATEWAY_API_COPY_LABELS_ANNOTATIONS", true);
    }

    /** Returns which Ingresses istiod serves: OFF none, STRICT those of its class, DEFAULT also those of no class. */
    public String ingressMode() {
        return text("ingressControllerMode", "STRICT");
    }

    /** The class of the Ingresses that istiod serves, as their annotation names it. */
    public String ingressClass() {
        return text("ingressClass", "istio");
    }

    /** The value of the label istio of the gateway pods that serve Ingresses (getIngressGatewaySelector). */
    public String ingressSelector() {
        String service = text("ingressService", INGRESS_GATEWAY);
        return text("ingressSelector", service.equals(INGRESS_GATEWAY) ? "ingressgateway" : service);
    }

    /** The namespace in which the Gateways that istiod makes of Ingresses count as being. */
    public String ingressNamespace() {
        return Fields.text(environment.path("K8S_INGRESS_NS")).orElse(DEFAULT_ROOT_NAMESPACE);
    }

    /**
     * Tells whether proxies are init containers that go on running; unknown where istiod asks the nodes, all of which
     * must have Kubernetes 1.33 or newer (pkg/kube/inject/webhook.go, DetectNativeSidecar).
     */
    public Truth nativeSidecars(IstioVersion version) {
        String otherwise = version.prefersNativeSidecars() ? "auto" : "false";
        String written = environment.path("ENABLE_NATIVE_SIDECARS").asText(otherwise);
        return version.prefersNativeSidecars() && written.equals("auto")
                ? Truth.UNKNOWN
                : Truth.of(written.equals("true"));
    }

    /** True if the control plane's environment says anything about a feature. */
    public boolean says(String name) {
        return environment.hasNonNull(name);
    }

    public boolean feature(String name, boolean otherwise) {
        JsonNode value = environment.path(name);
        return value.isMissingNode() || value.isNull() ? otherwise : Boolean.parseBoolean(value.asText());
    }

    /** Every identity that a service account has: under the trust domain and under each alias. */
    public List<String> principals(String namespace, String serviceAccount) {
        List<String> domains = new ArrayList<>(List.of(trustDomain()));
        domains.addAll(trustDomainAliases());
        return domains.stream()
                .map(trust -> "%s/ns/%s/sa/%s".formatted(trust, namespace, serviceAccount))
                .toList();
    }

    private List<String> export(String key) {
        List<String> written = Fields.texts(mesh.path(key));
        if (written.isEmpty()) {
            return EVERYWHERE;
        }
        if (!narrow) {
            return written;
        }
        if (written.contains(OWN)) {
            return List.of(OWN);
        }
        return written.contains(ALL) ? EVERYWHERE : NOWHERE;
    }

    private String text(String key, String otherwise) {
        return Fields.text(mesh.path(key)).orElse(otherwise);
    }
}
