package io.meshwright.mesh.terms;

import io.meshwright.value.Version;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The Istio release whose behaviour counts; each question names what changed and with which release. */
public record IstioVersion(Version version) {
    private static final Map<String, Version> RELEASES = new ConcurrentHashMap<>();

    public static IstioVersion of(String version) {
        return new IstioVersion(Version.of(version));
    }

    /**
     * Up to 1.23 the default retry policy repeats a request that was answered 503
     * (EXCLUDE_UNSAFE_503_FROM_DEFAULT_RETRY).
     */
    public boolean retriesOn503() {
        return !since("1.24");
    }

    /** From 1.24 an inbound sidecar repeats a request that its own application reset before reading it. */
    public boolean retriesInboundResets() {
        return since("1.24");
    }

    /**
     * From 1.24 DestinationRules of one host merge only when their exportTo agrees
     * (ENABLE_ENHANCED_DESTINATIONRULE_MERGE).
     */
    public boolean mergesDestinationRulesByExport() {
        return since("1.24");
    }

    /**
     * From 1.24 a sidecar knows a host by the services of one namespace alone: its own, else a Kubernetes Service's
     * (PILOT_UNIFIED_SIDECAR_SCOPE).
     */
    public boolean knowsHostsByNamespace() {
        return since("1.24");
    }

    /** From 1.24 a pod can say whether its proxy is an init container that goes on running. */
    public boolean knowsNativeSidecarsOfPods() {
        return since("1.24");
    }

    /** From 1.27 proxies are such init containers wherever all nodes can run them (ENABLE_NATIVE_SIDECARS). */
    public boolean prefersNativeSidecars() {
        return since("1.27");
    }

    /** From 1.25 a ServiceEntry host without addresses gets one (PILOT_ENABLE_IP_AUTOALLOCATE). */
    public boolean allocatesAddresses() {
        return since("1.25");
    }

    /** From 1.22 a missing header counts as empty in withoutHeaders; before, it made the whole match fail. */
    public boolean treatsMissingHeaderAsEmpty() {
        return since("1.22");
    }

    /** From 1.23 a CORS policy can say what becomes of preflights from other origins. */
    public boolean knowsUnmatchedPreflights() {
        return since("1.23");
    }

    /** From 1.25 an AuthorizationPolicy can name serviceAccounts. */
    public boolean knowsServiceAccounts() {
        return since("1.25");
    }

    /** From 1.26 HTTPRoutes may have filters of CORS; before, one made nothing of the whole route. */
    public boolean knowsCorsOfGatewayApi() {
        return since("1.26");
    }

    /** From 1.22 discoverySelectors count for objects of Istio's kinds as well (ENABLE_ENHANCED_RESOURCE_SCOPING). */
    public boolean scopesObjectsByNamespace() {
        return since("1.22");
    }

    /** From 1.22 an AuthorizationPolicy path can be a template with {@code {*}} and {@code {**}}. */
    public boolean knowsPathTemplates() {
        return since("1.22");
    }

    /**
     * From 1.29 the namespaces of an AuthorizationPolicy are taken literally; before, a dot in one matched any
     * character.
     */
    public boolean quotesNamespaces() {
        return since("1.29");
    }

    /**
     * From 1.21 Envoy's own filter verifies tokens: policies compare issuer and subject apart, cut at the last slash of
     * what they write, and of claims only some are lists of words (istio/istio#47407).
     */
    public boolean verifiesTokensByEnvoy() {
        return since("1.21");
    }

    /** From 1.28 a RequestAuthentication can name claims that are lists of words (spaceDelimitedClaims). */
    public boolean knowsSpaceDelimitedClaims() {
        return since("1.28");
    }

    /** From 1.24 a gateway can be told to call a service through its waypoint. */
    public boolean leadsGatewaysToWaypoints() {
        return since("1.24");
    }

    /** From 1.25 a namespace can tell gateways so for all its services, in letters of any case. */
    public boolean leadsGatewaysByNamespace() {
        return since("1.25");
    }

    /** From 1.25 ztunnels answer DNS (cni.ambient.dnsCapture), and so know the addresses of ServiceEntries. */
    public boolean answersNamesInAmbient() {
        return since("1.25");
    }

    /** From 1.25.1 a DestinationRule's ISTIO_MUTUAL is the tunnel to a pod that takes one, and not TLS inside it. */
    public boolean tunnelsForMutual() {
        return since("1.25.1");
    }

    /** From 1.26 a waypoint heeds routes of TCP and TLS. */
    public boolean routesConnectionsAtWaypoints() {
        return since("1.26");
    }

    /** From 1.28 a BackendTLSPolicy can be for a ServiceEntry. */
    public boolean beginsTlsForEntries() {
        return since("1.28");
    }

    /** From 1.28 a ztunnel goes on to the address that was called, where an entry is of resolution NONE. */
    public boolean passesOnInAmbient() {
        return since("1.28");
    }

    /** From 1.28 resolution DYNAMIC_DNS lets a waypoint look up all names of a domain. */
    public boolean looksUpAnyNames() {
        return since("1.28");
    }

    /** From 1.31 a share of a service's calls can go through a second waypoint. */
    public boolean knowsWaypointCanaries() {
        return since("1.31");
    }

    /** From 1.26 a credentialName can name a ConfigMap. */
    public boolean readsCertificatesFromConfigMaps() {
        return since("1.26");
    }

    /** From 1.28 global.proxy.seccompProfile gives injected containers a seccomp profile (istio/istio#57330). */
    public boolean givesSidecarsSeccompProfile() {
        return since("1.28");
    }

    /** Up to 1.25 and from 1.30 on HTTPRoutes and GRPCRoutes for one host are sorted together (pull request 59222). */
    public boolean mergesGrpcRoutes() {
        return !since("1.26") || since("1.30");
    }

    /** From 1.30 scripts and plugins can be written as TrafficExtensions. */
    public boolean knowsTrafficExtensions() {
        return since("1.30");
    }

    /** From 1.30 sidecars look names up as waypoints do; before, they have no cluster for resolution DYNAMIC_DNS. */
    public boolean looksUpNamesInProxies() {
        return since("1.30");
    }

    /** Up to 1.30.2 default exports to the own namespace hide what they say of others, which counted for nothing. */
    public boolean narrowsDefaultExports() {
        return !since("1.30.3");
    }

    /** From 1.26 up to 1.29 of several entries of a ReferenceGrant for one kind the last counts. */
    public boolean keepsLastGrant() {
        return since("1.26") && !since("1.30");
    }

    /** From 1.26.2 up to 1.29 what is made of GRPCRoutes has the name of what is made of HTTPRoutes, and goes. */
    public boolean losesGrpcRoutes() {
        return since("1.26.2") && !since("1.30");
    }

    /** From 1.27 sidecars know a service by its whole name with a dot behind it too (issue 56007). */
    public boolean knowsRoot() {
        return since("1.27");
    }

    /** From 1.27 a server can have several certificates, from one sort of source. */
    public boolean takesSeveralCertificates() {
        return since("1.27");
    }

    /** From 1.24 a policy can be attached to a ServiceEntry. */
    public boolean attachesToServiceEntries() {
        return since("1.24");
    }

    /** From 1.25 a policy can be attached to a GatewayClass. */
    public boolean attachesToGatewayClasses() {
        return since("1.25");
    }

    /** From 1.24 routes can match any header that HTTP allows, and pseudo headers such as {@code :authority}. */
    public boolean matchesEveryHeader() {
        return since("1.24");
    }

    /** From 1.26 an asterisk in a CORS policy stands for all methods. */
    public boolean allowsAllMethods() {
        return since("1.26");
    }

    /** From 1.27 a jwksUri tells whose tokens are verified when no issuer does. */
    public boolean knowsIssuerByKeys() {
        return since("1.27");
    }

    /** Claims are copied to headers with an underscore up to 1.23 and from 1.28 on. */
    public boolean copiesClaimsToAnyHeader() {
        return since("1.28") || !since("1.24");
    }

    /** From 1.28.6 istiod can be told where it must not fetch keys (BLOCKED_CIDRS_IN_JWKS_URIS). */
    public boolean canBlockKeyAddresses() {
        return since("1.28.6");
    }

    /** From 1.29 an EnvoyFilter can be for waypoints. */
    public boolean patchesWaypoints() {
        return since("1.29");
    }

    /** From 1.30 a ztunnel knows all addresses of a block that a ServiceEntry has, and not the first alone. */
    public boolean carriesBlocksInAmbient() {
        return since("1.30");
    }

    /** From 1.30 a rule of an AuthorizationPolicy can ask for the trust domain of the caller. */
    public boolean knowsTrustDomains() {
        return since("1.30");
    }

    /** From 1.30 a listener that ends TLS takes TLSRoutes. */
    public boolean endsTlsForTlsRoutes() {
        return since("1.30");
    }

    /** From 1.30 TLSRoutes count whether istiod heeds experiments or not. */
    public boolean knowsTlsRoutes() {
        return since("1.30");
    }

    /** From 1.31 TCPRoutes count whether istiod heeds experiments or not. */
    public boolean knowsTcpRoutes() {
        return since("1.31");
    }

    /** From 1.25 up to 1.30 listeners of TCP of the Gateway API are opened if istiod heeds experiments. */
    public boolean closesTcpListeners() {
        return since("1.25") && !since("1.31");
    }

    /** From 1.30 ListenerSets add listeners to a Gateway of the Gateway API. */
    public boolean knowsListenerSets() {
        return since("1.30");
    }

    /** From 1.27 up to 1.29 XListenerSets do, if istiod is told to heed experiments. */
    public boolean knowsExperimentalListenerSets() {
        return since("1.27") && !since("1.30");
    }

    /** From 1.28.6 and 1.29.2 a waypoint heeds all VirtualServices of a service; before, the first one alone. */
    public boolean mergesRoutesAtWaypoints() {
        return since("1.29.2") || since("1.28.6") && !since("1.29");
    }

    /** From 1.27.9, 1.28.6 and 1.29.2 a TLSRoute takes no names that its listener has not. */
    public boolean narrowsTlsRoutes() {
        return since("1.29.2") || since("1.28.6") && !since("1.29") || since("1.27.9") && !since("1.28");
    }

    /** From 1.28 a route of the Gateway API can lead to more than services, such as an InferencePool. */
    public boolean knowsMoreBackends() {
        return since("1.28");
    }

    /** In 1.30 an HTTPRoute that names no backend answers 404; before and behind, 500 (pull requests 59445, 60787). */
    public boolean findsNothingWithoutBackends() {
        return since("1.30") && !since("1.31");
    }

    /** From 1.30 an asterisk inside an origin of the Gateway API's CORS filter stands for any part of a name. */
    public boolean readsWildcardOrigins() {
        return since("1.30");
    }

    /** From 1.29.7, 1.30.4 and 1.31 a dot segment of a path counts as one with parameters too (CVE-2026-73551). */
    public boolean resolvesDotsWithParameters() {
        return since("1.30.4") || since("1.29.7") && !since("1.30");
    }

    /** From 1.30 resolution DYNAMIC_DNS is for hosts inside the mesh as well, except behind a waypoint. */
    public boolean looksUpInternalHosts() {
        return since("1.30");
    }

    /** From 1.30.3 istiod warns of private keys among those that verify tokens. */
    public boolean warnsOfPrivateKeys() {
        return since("1.30.3");
    }

    /** Up to 1.30 what a BackendTLSPolicy says goes before a DestinationRule for the same host (pull request 60358). */
    public boolean letsRulesFillPolicies() {
        return !since("1.31");
    }

    /** From 1.31 a tilde before a namespace or host of a Sidecar leaves it out of what is imported. */
    public boolean leavesHostsOut() {
        return since("1.31");
    }

    /** From 1.30 one proxy can ask several external authorizers (PILOT_ENABLE_MULTIPLE_CUSTOM_AUTHZ_PROVIDERS). */
    public boolean canAskSeveralAuthorizers() {
        return since("1.30");
    }

    /** From 1.31 a redirect can replace the part of the path that its match names, and keep the rest. */
    public boolean rewritesPrefixesOfRedirects() {
        return since("1.31");
    }

    /**
     * From 1.31 the pods that istiod makes for a Gateway of the Gateway API take none of Istio's Gateways of other
     * namespaces (PILOT_ENABLE_STRICT_GATEWAY_MERGING).
     */
    public boolean closesManagedGatewaysToOthers() {
        return since("1.31");
    }

    /** From 1.31 a listener of the Gateway API is left out if one before it has its port and hostname. */
    public boolean leavesConflictingListenersOut() {
        return since("1.31");
    }

    /**
     * From 1.31 an owner of listeners is known by its kind besides, so that a Gateway's namesake loses none (1.31.1).
     */
    public boolean tellsListenerSetsFromGateways() {
        return since("1.31.1");
    }

    /** From 1.31 a listener of HTTPS or TLS of the Gateway API that says nothing about TLS is not opened. */
    public boolean demandsTlsOfListeners() {
        return since("1.31");
    }

    /** From 1.31 a proxy's configuration can say what becomes of slashes and underscores (connectionSettings). */
    public boolean knowsConnectionSettings() {
        return since("1.31");
    }

    /** From 1.31 a warm-up can begin more slowly than by a straight line: aggression below 1. */
    public boolean takesSlowWarmups() {
        return since("1.31");
    }

    /** From 1.29.7, 1.30.4 and 1.31 a patch is ignored whose proxyVersion is longer than 1024 characters. */
    public boolean limitsProxyVersions() {
        return since("1.30.4") || since("1.29.7") && !since("1.30");
    }

    /** From 1.30.1 a BackendTLSPolicy can say that it is not for Istio (istio.io/ignore-policy-attachment). */
    public boolean passesOverPolicies() {
        return since("1.30.1");
    }

    /** Policies ask for each value of a header by itself, where they asked for all together before (CVE-2026-31838). */
    public boolean readsValuesOfHeadersAlone() {
        return since("1.29.1") || since("1.28.5") && !since("1.29") || since("1.27.8") && !since("1.28");
    }

    private boolean since(String release) {
        return version.isAtLeast(RELEASES.computeIfAbsent(release, Version::of));
    }

    @Override
    public String toString() {
        return version.toString();
    }
}
