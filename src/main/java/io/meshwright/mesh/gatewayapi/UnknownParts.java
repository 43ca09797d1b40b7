package io.meshwright.mesh.gatewayapi;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import java.util.stream.Stream;

/**
 * The filters and backends of a route that are written so that istiod makes nothing at all of it, and answers requests
 * for it with 404 (conversion.go, convertHTTPRoute, InvalidFilter and InvalidDestination).
 */
public final class UnknownParts {
    private UnknownParts() {}

    public static Stream<Source> of(Manifest route, IstioVersion version) {
        return Source.of(route).items("spec/rules").flatMap(rule -> ofRule(rule, version));
    }

    static Stream<Source> ofRule(Source rule, IstioVersion version) {
        Kind kind = rule.manifest().kind();
        return Stream.concat(
                rule.items("filters").filter(filter -> !ApiFilter.isKnown(filter.value(), kind, version)),
                rule.items("backendRefs").flatMap(UnknownParts::ofBackend));
    }

    private static Stream<Source> ofBackend(Source backend) {
        if (!ApiBackend.isRefused(backend.value())) {
            return Stream.empty();
        }
        Stream<Source> filters = backend.items("filters").filter(filter -> !ApiFilter.isOfHeaders(filter.value()));
        return Stream.concat(filters, Stream.of(backend)).limit(1);
    }
}
