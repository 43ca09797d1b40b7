package io.meshwright.construct;

import imports.io.k8s.networking.gateway.Gateway;
import imports.io.k8s.networking.gateway.GatewaySpec;
import imports.io.k8s.networking.gateway.GatewaySpecAddresses;
import imports.io.k8s.networking.gateway.GatewaySpecListeners;
import imports.io.k8s.networking.gateway.GatewaySpecListenersAllowedRoutes;
import imports.io.k8s.networking.gateway.GatewaySpecListenersAllowedRoutesNamespaces;
import imports.io.k8s.networking.gateway.GatewaySpecListenersAllowedRoutesNamespacesFrom;
import imports.io.k8s.networking.gateway.GatewaySpecListenersAllowedRoutesNamespacesSelector;
import imports.io.k8s.networking.gateway.GatewaySpecListenersAllowedRoutesNamespacesSelectorMatchExpressions;
import imports.io.k8s.networking.gateway.GatewaySpecListenersTls;
import imports.io.k8s.networking.gateway.GatewaySpecListenersTlsCertificateRefs;
import imports.io.k8s.networking.gateway.GatewaySpecListenersTlsMode;
import imports.io.k8s.networking.gateway.HttpRoute;
import imports.io.k8s.networking.gateway.HttpRouteSpec;
import imports.io.k8s.networking.gateway.HttpRouteSpecParentRefs;
import imports.io.k8s.networking.gateway.HttpRouteSpecRules;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFilters;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestRedirect;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestRedirectScheme;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestRedirectStatusCode;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersType;
import io.meshwright.construct.network.ListenerAddress;
import io.meshwright.value.Host;
import io.meshwright.value.KubernetesNames;
import io.meshwright.value.Name;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.gateway.Scheme;
import io.meshwright.value.gatewayapi.ListenerWords;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.jspecify.annotations.Nullable;
import software.constructs.Construct;

/**
 * A Gateway of the Gateway API for pods that are there already: its address is their Service, so that istiod makes none
 * (istio.io, Kubernetes Gateway API, manual deployment). Each host has a listener of its own.
 *
 * @param service of the gateway's pods
 * @param routeNamespaces whose routes its listeners take; empty: those of every namespace
 */
record ApiGateway(Name name, Name namespace, Host service, List<Listener> listeners, SortedSet<Name> routeNamespaces) {
    private static final String CLASS = "istio";

    /** Adds the Gateway, and the route that sends clients to HTTPS where a listener asks for that. */
    ApiObject add(Construct scope, ApiObjectMetadata metadata) {
        ApiObject gateway = Gateway.Builder.create(scope, "Resource")
                .metadata(metadata)
                .spec(GatewaySpec.builder()
                        .gatewayClassName(CLASS)
                        .addresses(List.of(GatewaySpecAddresses.builder()
                                .type("Hostname")
                                .value(service.toString())
                                .build()))
                        .listeners(listeners.stream()
                                .flatMap(listener -> listener.hosts().stream().map(host -> listener(listener, host)))
                                .toList())
                        .build())
                .build();
        List<ListenerAddress> redirecting = listeners.stream()
                .filter(Listener::redirectToHttps)
                .flatMap(listener -> listener.hosts().stream().map(host -> address(listener, host)))
                .toList();
        if (!redirecting.isEmpty()) {
            toHttps(scope, redirecting);
        }
        return gateway;
    }

    /** The listeners that bring requests for a host to its routes. */
    List<ListenerAddress> serving(Host host) {
        return listeners.stream()
                .filter(listener -> listener.isHttp() && !listener.redirectToHttps())
                .flatMap(listener -> listener.hosts().stream()
                        .filter(served -> served.covers(host))
                        .map(served -> address(listener, served)))
                .toList();
    }

    private ListenerAddress address(Listener listener, Host host) {
        return new ListenerAddress(
                namespace,
                name,
                ListenerWords.section(listener, host),
                listener.port().value());
    }

    private GatewaySpecListeners listener(Listener listener, Host host) {
        return GatewaySpecListeners.builder()
                .name(ListenerWords.section(listener, host))
                .port(listener.port().value())
                .protocol(listener.protocol().name())
                .hostname(host.toString().equals("*") ? null : host.toString())
                .tls(tls(listener))
                .allowedRoutes(GatewaySpecListenersAllowedRoutes.builder()
                        .namespaces(namespaces())
                        .build())
                .build();
    }

    private static @Nullable GatewaySpecListenersTls tls(Listener listener) {
        return listener.protocol() != Scheme.HTTPS || listener.tls() == null
                ? null
                : GatewaySpecListenersTls.builder()
                        .mode(GatewaySpecListenersTlsMode.TERMINATE)
                        .certificateRefs(List.of(GatewaySpecListenersTlsCertificateRefs.builder()
                                .name(listener.tls().credentialName().toString())
                                .build()))
                        .build();
    }

    private GatewaySpecListenersAllowedRoutesNamespaces namespaces() {
        var admitted = GatewaySpecListenersAllowedRoutesNamespaces.builder();
        if (routeNamespaces.isEmpty()) {
            return admitted.from(GatewaySpecListenersAllowedRoutesNamespacesFrom.ALL)
                    .build();
        }
        return admitted.from(GatewaySpecListenersAllowedRoutesNamespacesFrom.SELECTOR)
                .selector(GatewaySpecListenersAllowedRoutesNamespacesSelector.builder()
                        .matchExpressions(
                                List.of(GatewaySpecListenersAllowedRoutesNamespacesSelectorMatchExpressions.builder()
                                        .key(KubernetesNames.NAMESPACE_LABEL)
                                        .operator("In")
                                        .values(Stream.concat(Stream.of(namespace), routeNamespaces.stream())
                                                .map(Name::toString)
                                                .distinct()
                                                .sorted()
                                                .toList())
                                        .build()))
                        .build())
                .build();
    }

    private void toHttps(Construct scope, List<ListenerAddress> redirecting) {
        HttpRoute.Builder.create(scope, "to-https")
                .metadata(ApiObjectMetadata.builder()
                        .name("%s-to-https".formatted(name))
                        .namespace(namespace.toString())
                        .build())
                .spec(HttpRouteSpec.builder()
                        .parentRefs(redirecting.stream()
                                .map(listener -> HttpRouteSpecParentRefs.builder()
                                        .name(listener.gateway().toString())
                                        .sectionName(listener.section())
                                        .build())
                                .toList())
                        .rules(List.of(HttpRouteSpecRules.builder()
                                .name("to-https")
                                .filters(List.of(HttpRouteSpecRulesFilters.builder()
                                        .type(HttpRouteSpecRulesFiltersType.REQUEST_REDIRECT)
                                        .requestRedirect(HttpRouteSpecRulesFiltersRequestRedirect.builder()
                                                .scheme(HttpRouteSpecRulesFiltersRequestRedirectScheme.HTTPS)
                                                .statusCode(
                                                        HttpRouteSpecRulesFiltersRequestRedirectStatusCode.VALUE_301)
                                                .build())
                                        .build()))
                                .build()))
                        .build())
                .build();
    }
}
