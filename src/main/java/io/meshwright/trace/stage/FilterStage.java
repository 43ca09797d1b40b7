package io.meshwright.trace.stage;

import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.extension.ProxyPatch;
import io.meshwright.mesh.policy.AuthorizationPolicy;
import io.meshwright.mesh.policy.RequestAuthentications;
import io.meshwright.mesh.policy.TokenVerdict;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.List;
import java.util.Optional;

/**
 * The filters before routing, in Envoy's order: external authorization, tokens, authorization
 * (core/listener_builder.go).
 */
final class FilterStage {
    private final Mesh mesh;
    private final ExtensionStage extensions;
    private final AuthorizerStage authorizers;
    private final ConnectionSettings settings;
    private final HeaderStage headers;

    FilterStage(Mesh mesh, ExtensionStage extensions, HeaderStage headers) {
        this.mesh = mesh;
        this.extensions = extensions;
        this.authorizers = new AuthorizerStage(mesh);
        this.settings = new ConnectionSettings(mesh);
        this.headers = headers;
    }

    /**
     * The request as it goes on, and its end if a filter refuses it.
     *
     * @param matched what routes are asked with: a proxy chooses one before its filters run, and again only when a
     *     token is verified (clear_route_cache), so that headers which are taken off without one still count
     */
    record Passed(Arrival arrival, HttpRequest matched, Optional<Verdict> end) {
        Passed(Arrival arrival, Optional<Verdict> end) {
            this(arrival, arrival.http(), end);
        }
    }

    Passed pass(PathRecorder recorder, Pod pod, int port, Arrival met) {
        Arrival arrival = forwarded(recorder, pod, met);
        settings.look(recorder, pod, arrival);
        extensions.pass(recorder, pod, ProxyPatch.Side.at(pod.proxy()), arrival);
        Optional<Verdict> unasked = authorizers.ask(recorder, pod, port, arrival);
        if (unasked.isPresent()) {
            return new Passed(arrival, unasked);
        }
        if (arrival.opaque()) {
            return new Passed(arrival, authorize(recorder, pod, port, arrival));
        }
        TokenVerdict token = mesh.requestAuthentications().evaluate(pod, arrival.http(), arrival.token());
        List<Source> rule = token.rule().map(found -> List.of(found.source())).orElse(List.of());
        if (token.result() != TokenVerdict.Result.UNREAD) {
            recorder.step("JWT: %s".formatted(token.why()), rule.isEmpty() ? authentications(pod) : rule);
        }
        if (token.isSupposed()) {
            recorder.doubt(
                    "whether the token in %s is well signed and not expired is not known; give its claims by --jwt"
                            .formatted(token.token().orElseThrow().place()),
                    rule);
        }
        Arrival known = token.result() == TokenVerdict.Result.VERIFIED
                ? arrival.with(
                        arrival.http().withClaims(token.token().orElseThrow().claims()))
                : arrival;
        boolean stripped = token.result() == TokenVerdict.Result.VERIFIED
                && !token.rule().orElseThrow().forwards();
        // Headers tell the claims as they stand in the token, policies and routes read them with lists made of words.
        Arrival told = read(pod, known.with(mesh.requestAuthentications().told(pod, known.http(), token)), token);
        Arrival verified = stripped ? told.without(token.token().orElseThrow()) : told;
        doubtTold(recorder, verified, rule);
        Optional<Verdict> end = token.isRefused()
                ? Optional.of(
                        new Answered(token.result() == TokenVerdict.Result.UNAUTHORIZED ? 401 : 403, "", token.why()))
                : authorize(recorder, pod, port, verified);
        HttpRequest matched = token.result() == TokenVerdict.Result.VERIFIED ? verified.http() : arrival.http();
        return new Passed(verified, matched, end);
    }

    /** Before any filter runs, a proxy writes into the request what it knows of the client (mutateRequestHeaders). */
    private Arrival forwarded(PathRecorder recorder, Pod pod, Arrival arrival) {
        boolean atGateway = pod.proxy().isGateway() && !pod.proxy().isWaypoint();
        Arrival schemed = headers.schemed(arrival, !atGateway || TrustedProxies.of(mesh, pod) > 0);
        if (!atGateway || arrival.opaque() || !headers.isAsked(ForwardedFor.HEADER)) {
            return schemed;
        }
        if (!arrival.address().present().isYes()) {
            recorder.doubt(
                    "the gateway appends the address of its client to X-Forwarded-For, for which a rule asks, and it is not given",
                    List.of());
        }
        return ForwardedFor.appended(schemed);
    }

    private Arrival read(Pod pod, Arrival arrival, TokenVerdict token) {
        return token.result() == TokenVerdict.Result.VERIFIED
                ? arrival.with(arrival.http()
                        .withClaims(token.rule()
                                .orElseThrow()
                                .read(arrival.http().claims().orElseThrow(), mesh.version(pod))))
                : arrival;
    }

    private List<Source> authentications(Pod pod) {
        return mesh.requestAuthentications().of(pod).stream().map(Source::of).toList();
    }

    private void doubtTold(PathRecorder recorder, Arrival verified, List<Source> rule) {
        verified.http().headers().entrySet().stream()
                .filter(header -> header.getValue().equals(RequestAuthentications.UNKNOWN))
                .filter(header -> headers.isAsked(header.getKey()))
                .findFirst()
                .ifPresent(header -> recorder.doubt(
                        "header \"%s\" tells a claim that is no text, or the whole token, and a rule asks for it"
                                .formatted(header.getKey()),
                        rule));
    }

    private Optional<Verdict> authorize(PathRecorder recorder, Pod pod, int port, Arrival arrival) {
        var decision = mesh.authorizationPolicies().evaluateAgreed(pod, arrival.call(port));
        mesh.authorizationPolicies().of(pod).stream()
                .filter(AuthorizationPolicy::isDryRun)
                .forEach(policy ->
                        recorder.step("authorization on dry run is not enforced", Source.of(policy.manifest())));
        recorder.step("authorization: " + decision.why(), decision.decidedBy());
        return switch (decision.result()) {
            case ALLOW -> Optional.empty();
            case DENY ->
                Optional.of(
                        arrival.opaque()
                                ? new Closed("RBAC", "%s at %s".formatted(decision.why(), pod))
                                : new Answered(403, "RBAC", "%s at %s".formatted(decision.why(), pod)));
            case UNKNOWN -> Optional.of(Unknown.because("%s at %s".formatted(decision.why(), pod)));
        };
    }
}
