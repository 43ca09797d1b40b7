package io.meshwright.mesh.policy;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.policy.TokenVerdict.Result;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.SelectorIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The RequestAuthentications, and their verdict on tokens: all that act on a pod count together
 * (pilot/pkg/security/authn; Envoy's jwt_authn).
 */
public final class RequestAuthentications {
    /** Stands for a value that depends on how the token is written. */
    public static final String UNKNOWN = "(as the token says)";

    private final SelectorIndex<Manifest> selecting = new SelectorIndex<>();
    private final MeshConfig mesh;
    private final boolean tell;

    public RequestAuthentications(Manifests manifests, MeshConfig mesh) {
        manifests
                .kind(Kind.REQUEST_AUTHENTICATION)
                .forEach(manifest -> selecting.add(manifest.home(), Attachment.selector(manifest), manifest));
        this.mesh = mesh;
        this.tell = manifests.kind(Kind.REQUEST_AUTHENTICATION).stream()
                .anyMatch(manifest ->
                        rules(manifest).flatMap(JwtRule::headers).findAny().isPresent());
    }

    private static Stream<JwtRule> rules(Manifest manifest) {
        return Source.of(manifest).items("spec/jwtRules").map(JwtRule::of);
    }

    /** The objects that act on a pod. */
    public List<Manifest> of(Pod pod) {
        return Attachment.homes(pod, mesh)
                .flatMap(namespace -> selecting.of(namespace, pod).stream())
                .filter(manifest -> Attachment.reaches(manifest, pod, mesh))
                .toList();
    }

    /** The issuers that a pod's proxy trusts. */
    public List<JwtRule> rules(Pod pod) {
        List<JwtRule> rules = new ArrayList<>();
        of(pod).forEach(manifest -> rules(manifest).forEach(rules::add));
        rules.sort(Comparator.comparing(JwtRule::issuer));
        return rules;
    }

    /**
     * Writes the headers for claims as the pod's proxy does once it has judged the token: what the client wrote into
     * them goes, and those of a verified token are written. A value that is not known here is {@code UNKNOWN}.
     */
    public HttpRequest told(Pod pod, HttpRequest request, TokenVerdict verdict) {
        if (!tell || verdict.result() == Result.UNREAD || verdict.result() == Result.SKIPPED) {
            return request;
        }
        Map<String, String> headers = new TreeMap<>(request.headers());
        rules(pod).stream().flatMap(JwtRule::headers).forEach(headers::remove);
        if (verdict.result() == Result.VERIFIED) {
            verdict.rule()
                    .orElseThrow()
                    .told(request.claims().orElseThrow())
                    .forEach((name, value) -> headers.put(name, value.orElse(UNKNOWN)));
        }
        return headers.equals(request.headers()) ? request : request.withHeaders(headers);
    }

    /** Judges a request's token as the pod's proxy does. */
    public TokenVerdict evaluate(Pod pod, HttpRequest request, Optional<Token> token) {
        List<JwtRule> rules = pod.proxy().inMesh().isNo() ? List.of() : rules(pod);
        if (rules.isEmpty()) {
            return TokenVerdict.without(Result.UNREAD, "no RequestAuthentication acts here");
        }
        if (request.isPreflight()) {
            return TokenVerdict.without(Result.SKIPPED, "tokens of CORS preflights are not looked at");
        }
        List<JwtRule> reading = token.stream()
                .flatMap(carried -> rules.stream().filter(rule -> rule.reads(carried.place())))
                .toList();
        return reading.isEmpty() ? written(rules, request) : judge(reading, token.orElseThrow());
    }

    /**
     * The verdict on the request itself: a text in a place where a rule looks was signed by nobody that it trusts,
     * unless it is a token of an issuer of the rule's.
     */
    private static TokenVerdict written(List<JwtRule> rules, HttpRequest request) {
        List<TokenVerdict> refused = new ArrayList<>();
        for (JwtRule rule : rules) {
            for (Token token : rule.written(request).toList()) {
                TokenVerdict verdict = judge(List.of(rule), token);
                if (verdict.result() == Result.VERIFIED) {
                    return verdict;
                }
                refused.add(verdict);
            }
        }
        Optional<TokenVerdict> foreign =
                refused.stream().max(Comparator.comparing(verdict -> verdict.result() == Result.FORBIDDEN));
        if (foreign.isPresent()) {
            return foreign.get();
        }
        Optional<JwtRule> finding =
                rules.stream().filter(rule -> rule.finds(request)).findFirst();
        return finding.isPresent()
                ? new TokenVerdict(Result.UNAUTHORIZED, finding, Optional.empty(), "the token is no valid JWT")
                : TokenVerdict.without(Result.ABSENT, "the request carries no token where one is looked for");
    }

    private static TokenVerdict judge(List<JwtRule> reading, Token token) {
        List<JwtRule> issued = reading.stream()
                .filter(rule -> rule.issuer().equals(token.issuer()))
                .toList();
        if (issued.isEmpty()) {
            return new TokenVerdict(
                    Result.UNAUTHORIZED,
                    Optional.of(reading.get(0)),
                    Optional.of(token),
                    "no rule trusts the issuer \"%s\"".formatted(token.issuer()));
        }
        Optional<JwtRule> verified = issued.stream()
                .filter(rule -> rule.admitsAudience(token.claims()))
                .findFirst();
        return verified.isPresent()
                ? new TokenVerdict(Result.VERIFIED, verified, Optional.of(token), "the token is verified")
                : new TokenVerdict(
                        Result.FORBIDDEN,
                        Optional.of(issued.get(0)),
                        Optional.of(token),
                        "no rule admits the token's audience");
    }
}
