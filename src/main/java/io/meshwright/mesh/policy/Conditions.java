package io.meshwright.mesh.policy;

import io.meshwright.mesh.terms.ClaimPath;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.terms.Wildcard;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Tests a call against the fields of sources and operations and the keys of conditions; {@code namespace} is the
 * policy's.
 */
record Conditions(String namespace, MeshConfig mesh, IstioVersion version) {
    private static final String HEADER = "request.headers[";
    private static final String CLAIM = "request.auth.claims";
    private static final String NOT = "not";

    /** False for a field that the definition of the release does not have: the API server drops it. */
    boolean isKnown(String field) {
        return !field.endsWith("erviceAccounts") || version.knowsServiceAccounts();
    }

    /** A field such as {@code principals}, or its negation such as {@code notPrincipals}. */
    Truth field(String field, List<String> values, Call call) {
        if (!isKnown(field)) {
            return Truth.YES;
        }
        if (field.startsWith(NOT)) {
            String positive = field.substring(NOT.length(), NOT.length() + 1).toLowerCase(Locale.ROOT)
                    + field.substring(NOT.length() + 1);
            return field(positive, values, call).not();
        }
        return switch (field) {
            case "principals" -> call.principal().test(any(values, TrustDomains.of(mesh)::principal));
            case "namespaces" ->
                call.principal().test(any(values, space -> caller -> Wildcard.fitsNamespace(space, caller, version)));
            case "serviceAccounts" -> serviceAccounts(values, call);
            case "trustDomains" ->
                version.knowsTrustDomains()
                        ? call.principal().test(any(values, TrustDomains.of(mesh)::domain))
                        : Truth.UNKNOWN;
            case "requestPrincipals" ->
                call.requestPrincipal().test(any(values, pattern -> joined -> requested(pattern, joined, call)));
            case "ipBlocks" -> call.address().test(address -> Wildcard.fitsAddress(values, address));
            case "remoteIpBlocks" -> call.remoteAddress().test(address -> Wildcard.fitsAddress(values, address));
            case "ports" -> Truth.of(values.contains(Integer.toString(call.port())));
            case "hosts" ->
                http(
                        call,
                        request ->
                                values.stream().anyMatch(host -> Wildcard.fitsIgnoringCase(host, request.authority())));
            case "methods" ->
                http(call, request -> values.stream().anyMatch(method -> Wildcard.fits(method, request.method())));
            case "paths" ->
                http(
                        call,
                        request -> values.stream().anyMatch(path -> Wildcard.fitsPath(path, request.path(), version)));
            default -> Truth.UNKNOWN;
        };
    }

    /** A key of {@code when} such as {@code source.namespace}. */
    Truth key(String key, List<String> values, Call call) {
        if (key.startsWith(HEADER) && key.endsWith("]")) {
            String name = key.substring(HEADER.length(), key.length() - 1);
            return http(
                    call,
                    request -> headers(request, name.toLowerCase(Locale.ROOT))
                            .anyMatch(value -> values.stream().anyMatch(pattern -> Wildcard.fits(pattern, value))));
        }
        if (key.startsWith(CLAIM)) {
            return claim(ClaimPath.parse(key.substring(CLAIM.length())), values, call);
        }
        return switch (key) {
            case "source.ip" -> field("ipBlocks", values, call);
            case "remote.ip" -> field("remoteIpBlocks", values, call);
            case "source.principal" -> field("principals", values, call);
            case "source.namespace" -> field("namespaces", values, call);
            case "source.serviceAccount" ->
                version.knowsServiceAccounts() ? field("serviceAccounts", values, call) : Truth.UNKNOWN;
            case "source.trustDomain" -> field("trustDomains", values, call);
            case "destination.port" -> field("ports", values, call);
            case "connection.sni" -> call.sni().test(any(values, this::text));
            case "request.auth.principal" -> field("requestPrincipals", values, call);
            case "request.auth.audiences" -> claim(new ClaimPath(List.of("aud")), values, call);
            case "request.auth.presenter" -> claim(new ClaimPath(List.of("azp")), values, call);
            default -> Truth.UNKNOWN;
        };
    }

    private Stream<String> headers(HttpRequest request, String name) {
        return version.readsValuesOfHeadersAlone() ? request.values(name).stream() : request.header(name).stream();
    }

    private static Truth claim(ClaimPath path, List<String> patterns, Call call) {
        if (call.requestPrincipal().present() == Truth.UNKNOWN) {
            return Truth.UNKNOWN;
        }
        return http(
                call,
                request -> request.claims()
                        .map(claims -> path.values(claims).stream()
                                .anyMatch(
                                        value -> patterns.stream().anyMatch(pattern -> Wildcard.fits(pattern, value))))
                        .orElse(false));
    }

    private static Truth http(Call call, Predicate<HttpRequest> condition) {
        return call.http().map(request -> Truth.of(condition.test(request))).orElse(Truth.NO);
    }

    private static Predicate<String> any(List<String> values, Function<String, Predicate<String>> condition) {
        return values.stream().map(condition).reduce(none -> false, Predicate::or);
    }

    private boolean requested(String pattern, String joined, Call call) {
        return call.http()
                .flatMap(HttpRequest::claims)
                .filter(claims -> version.verifiesTokensByEnvoy())
                .map(claims -> RequestPrincipal.of(claims)
                        .filter(principal -> principal.fits(pattern))
                        .isPresent())
                .orElseGet(() -> Wildcard.fits(pattern, joined));
    }

    private Predicate<String> text(String pattern) {
        return value -> Wildcard.fits(pattern, value);
    }

    private Truth serviceAccounts(List<String> values, Call call) {
        return call.principal().test(any(values, account -> {
            String identity = account.indexOf('/') < 0 ? "%s/%s".formatted(namespace, account) : account;
            return caller -> caller.endsWith("/ns/%s".formatted(identity.replaceFirst("/", "/sa/")));
        }));
    }
}
