package io.meshwright.construct.traffic;

import com.google.re2j.Pattern;
import imports.io.k8s.networking.gateway.HttpRouteSpecRules;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesBackendRefs;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesMatches;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesMatchesHeaders;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesMatchesHeadersType;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesMatchesMethod;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesMatchesPath;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesMatchesPathType;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesMatchesQueryParams;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesMatchesQueryParamsType;
import imports.io.k8s.networking.gateway.HttpRouteSpecRulesTimeouts;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.traffic.RoutePath;
import io.meshwright.value.traffic.TextMatch;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes one route as rules of an HTTPRoute: one, or one for each method where the API server asks for a single match.
 */
final class ApiRules {
    private final RouteRule rule;

    private ApiRules(RouteRule rule) {
        this.rule = rule;
    }

    static List<HttpRouteSpecRules> of(RouteRule rule) {
        ApiRules rules = new ApiRules(rule);
        List<HttpMethod> methods = rule.match().methods();
        // gateway-api, HTTPRouteRule: ReplacePrefixMatch admits exactly one match.
        if (ApiFilters.replacesPrefix(rule.route()) && methods.size() > 1) {
            return methods.stream()
                    .map(method -> rules.rule(
                            "%s-%s".formatted(rule.name(), method.name().toLowerCase(Locale.ROOT)), List.of(method)))
                    .toList();
        }
        return List.of(rules.rule(rule.name(), methods));
    }

    private HttpRouteSpecRules rule(String name, List<HttpMethod> methods) {
        HttpRouteSpecRules.Builder written = HttpRouteSpecRules.builder()
                .name(name)
                .matches(
                        methods.isEmpty()
                                ? List.of(match(null))
                                : methods.stream().map(this::match).toList())
                .filters(ApiFilters.of(rule));
        if (!rule.route().isAnswered()) {
            written.backendRefs(rule.shares().stream().map(ApiRules::backend).toList())
                    .timeouts(
                            rule.timeout().isZero()
                                    ? null
                                    : HttpRouteSpecRulesTimeouts.builder()
                                            .request(rule.timeout().toString())
                                            .build());
        }
        return written.build();
    }

    private HttpRouteSpecRulesMatches match(@Nullable HttpMethod method) {
        return HttpRouteSpecRulesMatches.builder()
                .path(HttpRouteSpecRulesMatchesPath.builder()
                        .type(type(rule.path()))
                        .value(rule.path().value())
                        .build())
                .method(method == null ? null : HttpRouteSpecRulesMatchesMethod.valueOf(method.name()))
                .headers(headers(rule.match().headers()))
                .queryParams(queryParams(rule.match().queryParams()))
                .build();
    }

    private static HttpRouteSpecRulesMatchesPathType type(RoutePath path) {
        return switch (path.kind()) {
            case EXACT -> HttpRouteSpecRulesMatchesPathType.EXACT;
            // Of whole segments, as a prefix of an environment file is.
            case PREFIX -> HttpRouteSpecRulesMatchesPathType.PATH_PREFIX;
            case REGEX -> HttpRouteSpecRulesMatchesPathType.REGULAR_EXPRESSION;
        };
    }

    private static @Nullable List<HttpRouteSpecRulesMatchesHeaders> headers(Map<String, TextMatch> texts) {
        return texts.isEmpty()
                ? null
                : texts.entrySet().stream()
                        .map(text -> HttpRouteSpecRulesMatchesHeaders.builder()
                                .name(text.getKey())
                                .type(
                                        text.getValue().exact() != null
                                                ? HttpRouteSpecRulesMatchesHeadersType.EXACT
                                                : HttpRouteSpecRulesMatchesHeadersType.REGULAR_EXPRESSION)
                                .value(value(text.getValue()))
                                .build())
                        .toList();
    }

    private static @Nullable List<HttpRouteSpecRulesMatchesQueryParams> queryParams(Map<String, TextMatch> texts) {
        return texts.isEmpty()
                ? null
                : texts.entrySet().stream()
                        .map(text -> HttpRouteSpecRulesMatchesQueryParams.builder()
                                .name(text.getKey())
                                .type(
                                        text.getValue().exact() != null
                                                ? HttpRouteSpecRulesMatchesQueryParamsType.EXACT
                                                : HttpRouteSpecRulesMatchesQueryParamsType.REGULAR_EXPRESSION)
                                .value(value(text.getValue()))
                                .build())
                        .toList();
    }

    /** The text, or an expression for the whole of it. */
    private static String value(TextMatch text) {
        return Stream.of(
                        Optional.ofNullable(text.exact()),
                        Optional.ofNullable(text.regex()),
                        Optional.ofNullable(text.prefix())
                                .map(prefix -> Pattern.quote(prefix).concat(".*")))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(".*");
    }

    private static HttpRouteSpecRulesBackendRefs backend(Share share) {
        return HttpRouteSpecRulesBackendRefs.builder()
                .name(share.backend().service().toString())
                .port(share.backend().port().value())
                .build();
    }
}
