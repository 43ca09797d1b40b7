package io.meshwright.construct.traffic;

import com.google.re2j.Pattern;
import imports.io.istio.networking.VirtualServiceSpecHttpDirectResponse;
import imports.io.istio.networking.VirtualServiceSpecHttpDirectResponseBody;
import imports.io.istio.networking.VirtualServiceSpecHttpFault;
import imports.io.istio.networking.VirtualServiceSpecHttpFaultAbort;
import imports.io.istio.networking.VirtualServiceSpecHttpFaultAbortPercentage;
import imports.io.istio.networking.VirtualServiceSpecHttpFaultDelay;
import imports.io.istio.networking.VirtualServiceSpecHttpFaultDelayPercentage;
import imports.io.istio.networking.VirtualServiceSpecHttpHeaders;
import imports.io.istio.networking.VirtualServiceSpecHttpHeadersRequest;
import imports.io.istio.networking.VirtualServiceSpecHttpHeadersResponse;
import imports.io.istio.networking.VirtualServiceSpecHttpRedirect;
import imports.io.istio.networking.VirtualServiceSpecHttpRewrite;
import imports.io.istio.networking.VirtualServiceSpecHttpRewriteUriRegexRewrite;
import io.meshwright.value.traffic.Fault;
import io.meshwright.value.traffic.HeaderOperations;
import io.meshwright.value.traffic.Headers;
import io.meshwright.value.traffic.Redirect;
import io.meshwright.value.traffic.Respond;
import io.meshwright.value.traffic.Rewrite;
import io.meshwright.value.traffic.Route;
import io.meshwright.value.traffic.RoutePath;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a request on its way (rewrite, redirect, headers …) as Istio writes them; null where there is none.
 */
final class RouteActions {
    private RouteActions() {}

    static @Nullable VirtualServiceSpecHttpRewrite rewrite(Route route) {
        Rewrite wanted = route.rewrite();
        if (wanted == null) {
            return null;
        }
        VirtualServiceSpecHttpRewrite.Builder rewrite = VirtualServiceSpecHttpRewrite.builder();
        if (wanted.host() != null) {
            rewrite.authority(wanted.host().toString());
        }
        if (wanted.path() != null) {
            path(rewrite, route.path(), wanted.path());
        }
        return rewrite.build();
    }

    // A route of a prefix has two matches, /api and /api/: a plain rewrite of the second to /v2 would make /v2x of
    // /api/x.
    private static void path(VirtualServiceSpecHttpRewrite.Builder rewrite, RoutePath from, String to) {
        boolean groups = from.kind() == RoutePath.Kind.REGEX && to.indexOf('\\') >= 0;
        if (groups) {
            rewrite.uriRegexRewrite(regex(from.value(), to));
        } else if (from.isRoot()) {
            rewrite.uri(to.endsWith("/") ? to : "%s/".formatted(to));
        } else if (from.kind() == RoutePath.Kind.PREFIX && !to.equals("/")) {
            rewrite.uriRegexRewrite(regex("^".concat(Pattern.quote(from.value())), to.replaceAll("/$", "")));
        } else {
            rewrite.uri(to);
        }
    }

    private static VirtualServiceSpecHttpRewriteUriRegexRewrite regex(String match, String rewrite) {
        return VirtualServiceSpecHttpRewriteUriRegexRewrite.builder()
                .match(match)
                .rewrite(rewrite)
                .build();
    }

    static @Nullable VirtualServiceSpecHttpRedirect redirect(@Nullable Redirect redirect) {
        if (redirect == null) {
            return null;
        }
        return VirtualServiceSpecHttpRedirect.builder()
                .scheme(
                        redirect.scheme() == null
                                ? null
                                : redirect.scheme().name().toLowerCase(Locale.ROOT))
                .authority(redirect.host() == null ? null : redirect.host().toString())
                .uri(redirect.path())
                .port(redirect.port() == null ? null : redirect.port().value())
                .redirectCode(redirect.code())
                .build();
    }

    static @Nullable VirtualServiceSpecHttpDirectResponse respond(@Nullable Respond respond) {
        if (respond == null) {
            return null;
        }
        return VirtualServiceSpecHttpDirectResponse.builder()
                .status(respond.status())
                .body(
                        respond.body() == null
                                ? null
                                : VirtualServiceSpecHttpDirectResponseBody.builder()
                                        .string(respond.body())
                                        .build())
                .build();
    }

    static @Nullable VirtualServiceSpecHttpHeaders headers(Headers headers) {
        if (headers.isNone()) {
            return null;
        }
        HeaderOperations to = headers.request();
        HeaderOperations back = headers.response();
        return VirtualServiceSpecHttpHeaders.builder()
                .request(
                        to.isNone()
                                ? null
                                : VirtualServiceSpecHttpHeadersRequest.builder()
                                        .set(to.set())
                                        .add(to.add())
                                        .remove(to.remove())
                                        .build())
                .response(
                        back.isNone()
                                ? null
                                : VirtualServiceSpecHttpHeadersResponse.builder()
                                        .set(back.set())
                                        .add(back.add())
                                        .remove(back.remove())
                                        .build())
                .build();
    }

    static @Nullable VirtualServiceSpecHttpFault fault(@Nullable Fault fault) {
        return fault == null
                ? null
                : VirtualServiceSpecHttpFault.builder()
                        .delay(delay(fault.delay()))
                        .abort(abort(fault.abort()))
                        .build();
    }

    private static @Nullable VirtualServiceSpecHttpFaultDelay delay(Fault.@Nullable Delay delay) {
        return delay == null
                ? null
                : VirtualServiceSpecHttpFaultDelay.builder()
                        .fixedDelay(delay.time().toString())
                        .percentage(VirtualServiceSpecHttpFaultDelayPercentage.builder()
                                .value(delay.percent().value())
                                .build())
                        .build();
    }

    private static @Nullable VirtualServiceSpecHttpFaultAbort abort(Fault.@Nullable Abort abort) {
        return abort == null
                ? null
                : VirtualServiceSpecHttpFaultAbort.builder()
                        .httpStatus(abort.status())
                        .percentage(VirtualServiceSpecHttpFaultAbortPercentage.builder()
                                .value(abort.percent().value())
                                .build())
                        .build();
    }
}
