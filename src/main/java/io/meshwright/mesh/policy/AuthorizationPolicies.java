package io.meshwright.mesh.policy;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.policy.AuthorizationPolicy.Action;
import io.meshwright.mesh.policy.AuthorizationVerdict.Result;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.MeshConfig;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.terms.Truth;
import io.meshwright.mesh.workload.Capture;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.mesh.workload.Proxy;
import io.meshwright.mesh.workload.SelectorIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The AuthorizationPolicies, and their verdict on a call: CUSTOM, then DENY, then ALLOW
 * (pilot/pkg/model/authorization.go, security/authz/builder).
 */
public final class AuthorizationPolicies {
    private final List<AuthorizationPolicy> all;
    private final SelectorIndex<AuthorizationPolicy> selecting = new SelectorIndex<>();
    // By identity, and never walked: only looked up.
    private final Map<Pod, List<AuthorizationPolicy>> acting = new ConcurrentHashMap<>();
    private final MeshConfig mesh;

    public AuthorizationPolicies(Manifests manifests, MeshConfig mesh, IstioVersion version) {
        this.mesh = mesh;
        this.all = manifests.kind(Kind.AUTHORIZATION_POLICY).stream()
                .map(policy -> AuthorizationPolicy.of(policy, mesh, version))
                .toList();
        all.forEach(policy -> selecting.add(policy.manifest().home(), Attachment.selector(policy.manifest()), policy));
    }

    /** By namespace, then name. */
    public List<AuthorizationPolicy> all() {
        return all;
    }

    /** The rules of all as they are written. */
    public Stream<Source> rules() {
        return all().stream().flatMap(policy -> policy.rules().stream()).map(AuthorizationRule::source);
    }

    /** The policies that act on a pod, those of the root namespace first; those on dry run too. */
    public List<AuthorizationPolicy> of(Pod pod) {
        return acting.computeIfAbsent(pod, this::on);
    }

    private List<AuthorizationPolicy> on(Pod pod) {
        return Attachment.homes(pod, mesh)
                .flatMap(namespace -> selecting.of(namespace, pod).stream())
                .filter(policy -> Attachment.reaches(policy.manifest(), pod, mesh))
                .toList();
    }

    /** The policies of action CUSTOM by which a pod's proxy asks, or perhaps asks, somebody else about a call. */
    public List<AuthorizationPolicy> asking(Pod pod, Call call) {
        Proxy proxy = pod.proxy();
        boolean passedBy = isPassedBy(pod, call);
        return proxy.inMesh().isNo() || passedBy || proxy.isZtunnel()
                ? List.of()
                : of(pod).stream()
                        .filter(policy -> policy.action() == Action.CUSTOM && !policy.isDryRun())
                        .filter(policy -> policy.rules().stream()
                                .anyMatch(rule -> !rule.fits(call).isNo()))
                        .toList();
    }

    /**
     * The policies of action CUSTOM on a pod whose providers differ, those on dry run too, where its proxy can ask one
     * alone: istiod lets it ask none, and deny what any of them fits (core/authz builder, getBadCustomDenyRules).
     */
    public List<AuthorizationPolicy> contested(Pod pod, IstioVersion version) {
        List<AuthorizationPolicy> custom = pod.proxy().isZtunnel() || mesh.asksSeveralAuthorizers(version)
                ? List.of()
                : of(pod).stream()
                        .filter(policy -> policy.action() == Action.CUSTOM)
                        .toList();
        boolean one =
                custom.stream().map(AuthorizationPolicy::provider).distinct().count() < 2;
        return one ? List.of() : custom;
    }

    /** Judges a call as the pod's proxy does. */
    public AuthorizationVerdict evaluate(Pod pod, Call call) {
        return evaluate(pod, call, of(pod));
    }

    /** Judges a call as the pod's proxy does by itself, where whoever it asks agrees. */
    public AuthorizationVerdict evaluateAgreed(Pod pod, Call call) {
        return evaluate(
                pod,
                call,
                of(pod).stream()
                        .filter(policy -> policy.action() != Action.CUSTOM)
                        .toList());
    }

    private static AuthorizationVerdict evaluate(Pod pod, Call call, List<AuthorizationPolicy> policies) {
        Proxy proxy = pod.proxy();
        boolean passedBy = isPassedBy(pod, call);
        if (proxy.inMesh().isNo() || passedBy) {
            return new AuthorizationVerdict(
                    Result.ALLOW,
                    List.of(),
                    passedBy ? "the port is kept away from the sidecar" : "no proxy enforces policies here");
        }
        AuthorizationVerdict verdict = proxy.isZtunnel()
                ? enforce(atZtunnel(policies), rule -> rule.atZtunnel().fits(call))
                : enforce(policies, rule -> rule.fits(call));
        return verdict.isDenied() && proxy.inMesh() == Truth.UNKNOWN
                ? new AuthorizationVerdict(Result.UNKNOWN, verdict.decidedBy(), proxy.why())
                : verdict;
    }

    private static boolean isPassedBy(Pod pod, Call call) {
        return pod.proxy().isSidecar() && !Capture.inbound(pod, call.port());
    }

    /** Those of which a ztunnel is told: it asks no external authorizer, and nothing is attached to it by name. */
    private static List<AuthorizationPolicy> atZtunnel(List<AuthorizationPolicy> policies) {
        return policies.stream()
                .filter(policy -> policy.action() == Action.ALLOW || policy.action() == Action.DENY)
                .toList();
    }

    private static AuthorizationVerdict enforce(
            List<AuthorizationPolicy> policies, Function<AuthorizationRule, Truth> fits) {
        Matches denying = Matches.of(policies, Action.DENY, fits);
        if (denying.any().isYes()) {
            return new AuthorizationVerdict(Result.DENY, denying.sure(), "a DENY rule fits");
        }
        List<AuthorizationPolicy> allowing = policies.stream()
                .filter(policy -> policy.action() == Action.ALLOW && !policy.isDryRun())
                .toList();
        Matches allowed = Matches.of(policies, Action.ALLOW, fits);
        if (!allowing.isEmpty() && allowed.any().isNo()) {
            return new AuthorizationVerdict(
                    Result.DENY,
                    allowing.stream()
                            .map(policy -> Source.of(policy.manifest()))
                            .toList(),
                    "no ALLOW rule fits");
        }
        Matches custom = Matches.of(policies, Action.CUSTOM, fits);
        if (!custom.any().isNo()) {
            return new AuthorizationVerdict(
                    Result.UNKNOWN,
                    custom.any().isYes() ? custom.sure() : custom.possible(),
                    "an external authorizer decides");
        }
        if (denying.any() == Truth.UNKNOWN) {
            return new AuthorizationVerdict(
                    Result.UNKNOWN, denying.possible(), "whether a DENY rule fits is not known");
        }
        if (!allowing.isEmpty() && allowed.any() == Truth.UNKNOWN) {
            return new AuthorizationVerdict(
                    Result.UNKNOWN, allowed.possible(), "whether an ALLOW rule fits is not known");
        }
        return new AuthorizationVerdict(
                Result.ALLOW,
                allowed.sure(),
                allowing.isEmpty() ? "no ALLOW policy restricts callers" : "an ALLOW rule fits");
    }

    private record Matches(List<Source> sure, List<Source> possible) {
        static Matches of(List<AuthorizationPolicy> policies, Action action, Function<AuthorizationRule, Truth> fits) {
            List<Source> sure = new ArrayList<>();
            List<Source> possible = new ArrayList<>();
            for (AuthorizationPolicy policy : policies) {
                if (policy.action() == action && !policy.isDryRun()) {
                    for (AuthorizationRule rule : policy.rules()) {
                        Truth truth = fits.apply(rule);
                        if (!truth.isNo()) {
                            (truth.isYes() ? sure : possible).add(rule.source());
                        }
                    }
                }
            }
            return new Matches(List.copyOf(sure), List.copyOf(possible));
        }

        Truth any() {
            if (!sure.isEmpty()) {
                return Truth.YES;
            }
            return possible.isEmpty() ? Truth.NO : Truth.UNKNOWN;
        }
    }
}
