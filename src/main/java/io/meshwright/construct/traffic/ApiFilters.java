package io.meshwright.construct.traffic;

import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFilters;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestHeaderModifier;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestHeaderModifierAdd;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestHeaderModifierSet;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestMirror;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestMirrorBackendRef;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestMirrorFraction;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestRedirect;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestRedirectPath;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestRedirectPathType;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestRedirectScheme;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersRequestRedirectStatusCode;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersResponseHeaderModifier;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersResponseHeaderModifierAdd;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersResponseHeaderModifierSet;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersType;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersUrlRewrite;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersUrlRewritePath;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesFiltersUrlRewritePathType;
import io.meshwright.value.traffic.HeaderOperations;
import io.meshwright.value.traffic.Redirect;
import io.meshwright.value.traffic.Rewrite;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.RoutePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Writes what happens to requests of a route on their way as filters of an HTTPRoute. */
final class ApiFilters {
    // A share may have a fraction of a percent, and the field takes whole numbers.
    private static final int DENOMINATOR = 1_000_000;
    private static final double ALL = 100;

    private ApiFilters() {}

    /** Null where nothing happens, so that the key is absent. */
    static @Nullable List<HttpRouteSpecRulesFilters> of(RouteRule rule) {
        Route route = rule.route();
        List<HttpRouteSpecRulesFilters> filters = new ArrayList<>();
        HeaderOperations to = route.allHeaders().request();
        if (!to.isNone()) {
            filters.add(filter(HttpRouteSpecRulesFiltersType.REQUEST_HEADER_MODIFIER)
                    .requestHeaderModifier(request(to))
                    .build());
        }
        HeaderOperations back = route.allHeaders().response();
        if (!back.isNone()) {
            filters.add(filter(HttpRouteSpecRulesFiltersType.RESPONSE_HEADER_MODIFIER)
                    .responseHeaderModifier(response(back))
                    .build());
        }
        if (route.redirect() != null) {
            filters.add(filter(HttpRouteSpecRulesFiltersType.REQUEST_REDIRECT)
                    .requestRedirect(redirect(route.redirect()))
                    .build());
        } else if (route.rewrite() != null) {
            filters.add(filter(HttpRouteSpecRulesFiltersType.URL_REWRITE)
                    .urlRewrite(rewrite(route, route.rewrite()))
                    .build());
        }
        rule.copies()
                .forEach(copies -> filters.add(filter(HttpRouteSpecRulesFiltersType.REQUEST_MIRROR)
                        .requestMirror(mirror(copies))
                        .build()));
        return filters.isEmpty() ? null : filters;
    }

    /** True if the rewritten path keeps what lies below the route's. */
    static boolean replacesPrefix(Route route) {
        return route.rewrite() != null
                && route.rewrite().path() != null
                && route.path().kind() == RoutePath.Kind.PREFIX;
    }

    private static HttpRouteSpecRulesFilters.Builder filter(HttpRouteSpecRulesFiltersType type) {
        return HttpRouteSpecRulesFilters.builder().type(type);
    }

    private static HttpRouteSpecRulesFiltersRequestHeaderModifier request(HeaderOperations operations) {
        return HttpRouteSpecRulesFiltersRequestHeaderModifier.builder()
                .set(each(
                        operations.set(),
                        (name, value) -> HttpRouteSpecRulesFiltersRequestHeaderModifierSet.builder()
                                .name(name)
                                .value(value)
                                .build()))
                .add(each(
                        operations.add(),
                        (name, value) -> HttpRouteSpecRulesFiltersRequestHeaderModifierAdd.builder()
                                .name(name)
                                .value(value)
                                .build()))
                .remove(operations.remove().isEmpty() ? null : operations.remove())
                .build();
    }

    private static HttpRouteSpecRulesFiltersResponseHeaderModifier response(HeaderOperations operations) {
        return HttpRouteSpecRulesFiltersResponseHeaderModifier.builder()
                .set(each(
                        operations.set(),
                        (name, value) -> HttpRouteSpecRulesFiltersResponseHeaderModifierSet.builder()
                                .name(name)
                                .value(value)
                                .build()))
                .add(each(
                        operations.add(),
                        (name, value) -> HttpRouteSpecRulesFiltersResponseHeaderModifierAdd.builder()
                                .name(name)
                                .value(value)
                                .build()))
                .remove(operations.remove().isEmpty() ? null : operations.remove())
                .build();
    }

    private static <T> @Nullable List<T> each(Map<String, String> headers, BiFunction<String, String, T> write) {
        return headers.isEmpty()
                ? null
                : headers.entrySet().stream()
                        .map(header -> write.apply(header.getKey(), header.getValue()))
                        .toList();
    }

    private static HttpRouteSpecRulesFiltersRequestRedirect redirect(Redirect redirect) {
        return HttpRouteSpecRulesFiltersRequestRedirect.builder()
                .scheme(
                        redirect.scheme() == null
                                ? null
                                : HttpRouteSpecRulesFiltersRequestRedirectScheme.valueOf(
                                        redirect.scheme().name()))
                .hostname(redirect.host() == null ? null : redirect.host().toString())
                .port(redirect.port() == null ? null : redirect.port().value())
                .path(
                        redirect.path() == null
                                ? null
                                : HttpRouteSpecRulesFiltersRequestRedirectPath.builder()
                                        .type(HttpRouteSpecRulesFiltersRequestRedirectPathType.REPLACE_FULL_PATH)
                                        .replaceFullPath(redirect.path())
                                        .build())
                .statusCode(HttpRouteSpecRulesFiltersRequestRedirectStatusCode.valueOf(
                        "VALUE_%d".formatted(redirect.code())))
                .build();
    }

    private static HttpRouteSpecRulesFiltersUrlRewrite rewrite(Route route, Rewrite wanted) {
        HttpRouteSpecRulesFiltersUrlRewrite.Builder rewrite = HttpRouteSpecRulesFiltersUrlRewrite.builder();
        if (wanted.host() != null) {
            rewrite.hostname(wanted.host().toString());
        }
        if (wanted.path() != null) {
            rewrite.path(
                    replacesPrefix(route)
                            ? HttpRouteSpecRulesFiltersUrlRewritePath.builder()
                                    .type(HttpRouteSpecRulesFiltersUrlRewritePathType.REPLACE_PREFIX_MATCH)
                                    .replacePrefixMatch(wanted.path())
                                    .build()
                            : HttpRouteSpecRulesFiltersUrlRewritePath.builder()
                                    .type(HttpRouteSpecRulesFiltersUrlRewritePathType.REPLACE_FULL_PATH)
                                    .replaceFullPath(wanted.path())
                                    .build());
        }
        return rewrite.build();
    }

    private static HttpRouteSpecRulesFiltersRequestMirror mirror(Copies copies) {
        double percent = copies.percent().value();
        HttpRouteSpecRulesFiltersRequestMirror.Builder mirror = HttpRouteSpecRulesFiltersRequestMirror.builder()
                .backendRef(HttpRouteSpecRulesFiltersRequestMirrorBackendRef.builder()
                        .name(copies.backend().service().toString())
                        .port(copies.backend().port().value())
                        .build());
        if (percent == Math.rint(percent)) {
            mirror.percent((int) percent);
        } else {
            mirror.fraction(HttpRouteSpecRulesFiltersRequestMirrorFraction.builder()
                    .numerator((int) Math.round(percent / ALL * DENOMINATOR))
                    .denominator(DENOMINATOR)
                    .build());
        }
        return mirror.build();
    }
}
