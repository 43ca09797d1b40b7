package io.meshwright.mesh.client;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/**
 * A call that the API server makes itself, by TLS of its own and without a certificate of the mesh: to webhooks of
 * admission and conversion, and to servers of other APIs. {@code what} is {@code webhook NAME}, {@code conversion} or
 * {@code requests}; {@code source} is the place that names the Service.
 */
public record ApiServerCall(String what, Source source, String namespace, String service, int port) {
    private static final Kind API_SERVICE = new Kind("apiregistration.k8s.io", "APIService");
    private static final int USUAL = 443;

    /** Those that the manifests ask for, webhooks first; a call by URL names no Service and is left out. */
    public static List<ApiServerCall> all(Manifests manifests) {
        Stream<ApiServerCall> webhooks = Stream.of(Kind.VALIDATING_WEBHOOK, Kind.MUTATING_WEBHOOK)
                .flatMap(kind -> manifests.kind(kind).stream())
                .flatMap(ApiServerCall::webhooks);
        Stream<ApiServerCall> conversions = manifests.kind(Kind.CUSTOM_RESOURCE_DEFINITION).stream()
                .flatMap(owner ->
                        call("conversion", Source.of(owner).at("/spec/conversion/webhook/clientConfig/service")));
        Stream<ApiServerCall> servers = manifests.kind(API_SERVICE).stream()
                .flatMap(owner -> call("requests", Source.of(owner).at("/spec/service")));
        return Stream.of(webhooks, conversions, servers).flatMap(each -> each).toList();
    }

    /** {@code webhook NAME of KIND NAME from the API server}. */
    public String subject() {
        return "%s of %s from the API server".formatted(what, source.manifest());
    }

    private static Stream<ApiServerCall> webhooks(Manifest owner) {
        return Source.of(owner)
                .items("webhooks")
                .flatMap(webhook -> call(
                        "webhook %s".formatted(webhook.at("/name").value().asText("")),
                        webhook.at("/clientConfig/service")));
    }

    private static Stream<ApiServerCall> call(String what, Source service) {
        return service.value().isObject()
                ? Stream.of(new ApiServerCall(
                        what,
                        service,
                        service.value().path("namespace").asText(""),
                        service.value().path("name").asText(""),
                        service.value().path("port").asInt(USUAL)))
                : Stream.empty();
    }
}
