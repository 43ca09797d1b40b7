package io.meshwright.construct.traffic;

import imports.io.istio.networking.VirtualServiceSpecHttpMatch;
import imports.io.istio.networking.VirtualServiceSpecHttpMatchHeaders;
import imports.io.istio.networking.VirtualServiceSpecHttpMatchMethod;
import imports.io.istio.networking.VirtualServiceSpecHttpMatchQueryParams;
import imports.io.istio.networking.VirtualServiceSpecHttpMatchUri;
import imports.io.istio.networking.VirtualServiceSpecHttpMatchWithoutHeaders;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.traffic.RouteMatch;
import io.meshwright.value.traffic.RoutePath;
import io.meshwright.value.traffic.TextMatch;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes the requests that a route takes, as Istio writes it. */
final class HttpMatches {
    private static final String CLAIMS = "@request.auth.claims";

    private HttpMatches() {}

    static List<VirtualServiceSpecHttpMatch> of(RouteRule rule) {
        return paths(rule.path()).stream().map(uri -> match(uri, rule.match())).toList();
    }

    // Istio's prefix is a plain beginning: /api would take /apiary, so a path and what lies below it are two matches.
    private static List<VirtualServiceSpecHttpMatchUri> paths(RoutePath path) {
        return switch (path.kind()) {
            case EXACT ->
                List.of(VirtualServiceSpecHttpMatchUri.builder()
                        .exact(path.value())
                        .build());
            case REGEX ->
                List.of(VirtualServiceSpecHttpMatchUri.builder()
                        .regex(path.value())
                        .build());
            case PREFIX ->
                path.isRoot()
                        ? List.of(VirtualServiceSpecHttpMatchUri.builder()
                                .prefix("/")
                                .build())
                        : List.of(
                                VirtualServiceSpecHttpMatchUri.builder()
                                        .exact(path.value())
                                        .build(),
                                VirtualServiceSpecHttpMatchUri.builder()
                                        .prefix("%s/".formatted(path.value()))
                                        .build());
        };
    }

    private static VirtualServiceSpecHttpMatch match(VirtualServiceSpecHttpMatchUri uri, RouteMatch match) {
        Map<String, TextMatch> headers = new TreeMap<>(match.headers());
        match.claims().forEach((name, value) -> headers.put(claim(name), value));
        return VirtualServiceSpecHttpMatch.builder()
                .uri(uri)
                .method(method(match.methods()))
                .headers(each(headers, HttpMatches::header))
                .withoutHeaders(each(match.withoutHeaders(), HttpMatches::withoutHeader))
                .queryParams(each(match.queryParams(), HttpMatches::queryParam))
                .build();
    }

    private static @Nullable VirtualServiceSpecHttpMatchMethod method(List<HttpMethod> methods) {
        if (methods.isEmpty()) {
            return null;
        } else if (methods.size() == 1) {
            return VirtualServiceSpecHttpMatchMethod.builder()
                    .exact(methods.get(0).name())
                    .build();
        }
        return VirtualServiceSpecHttpMatchMethod.builder()
                .regex(methods.stream().map(HttpMethod::name).collect(Collectors.joining("|")))
                .build();
    }

    // A dot in the plain form would mean a claim inside a claim.
    private static String claim(String name) {
        return name.contains(".") ? "%s[%s]".formatted(CLAIMS, name) : "%s.%s".formatted(CLAIMS, name);
    }

    private static VirtualServiceSpecHttpMatchHeaders header(TextMatch text) {
        return VirtualServiceSpecHttpMatchHeaders.builder()
                .exact(text.exact())
                .prefix(text.prefix())
                .regex(regex(text, ".*"))
                .build();
    }

    // Istio reads "*" here as "absent"; an expression would also match the empty text that a missing header counts as.
    private static VirtualServiceSpecHttpMatchWithoutHeaders withoutHeader(TextMatch text) {
        return VirtualServiceSpecHttpMatchWithoutHeaders.builder()
                .exact(text.exact())
                .prefix(text.prefix())
                .regex(regex(text, "*"))
                .build();
    }

    private static VirtualServiceSpecHttpMatchQueryParams queryParam(TextMatch text) {
        return VirtualServiceSpecHttpMatchQueryParams.builder()
                .exact(text.exact())
                .prefix(text.prefix())
                .regex(regex(text, ".*"))
                .build();
    }

    private static @Nullable String regex(TextMatch text, String anything) {
        return text.present() != null ? anything : text.regex();
    }

    private static <T> @Nullable Map<String, T> each(Map<String, TextMatch> texts, Function<TextMatch, T> render) {
        if (texts.isEmpty()) {
            return null;
        }
        Map<String, T> rendered = new TreeMap<>();
        texts.forEach((name, text) -> rendered.put(name, render.apply(text)));
        return rendered;
    }
}
