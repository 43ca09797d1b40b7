package io.meshwright.rehearsal.tunnel;

import io.fabric8.kubernetes.api.model.Pod;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Split;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Sends requests that trace has followed, and says in what Envoy ends them otherwise. */
public final class Judge {
    /** Of a way that forks; bounds are five standard deviations. */
    private static final int DRAWS = 400;

    private static final String NOBODY = "no load balancer, no node and no other pod has the port";

    private final WindTunnel tunnel;
    private final Ends ends;

    public Judge(WindTunnel tunnel) {
        this.tunnel = tunnel;
        this.ends = new Ends(tunnel);
    }

    /** A request and the way that trace says it takes. */
    public record Asked(Request request, Path traced) {}

    /** Asks once, or often where the way forks. */
    public Outcome judge(Request request, Path traced)
            throws IOException, InterruptedException, GeneralSecurityException {
        Optional<Verdict> verdict = certain(traced);
        if (verdict.isEmpty()) {
            return Outcome.notAsked(silence(traced));
        }
        Optional<Call> call = call(request, Map.of());
        if (call.isEmpty()) {
            return Outcome.notAsked(NOBODY);
        }
        return Outcome.of(
                verdict.get().isDelivered(),
                forks(verdict.get())
                        ? forked(call.get(), verdict.get())
                        : straight(request, tunnel.trials().send(call.get()), traced, verdict.get()));
    }

    /** Asks each once, many at a time; where the way forks, any of its ends will do. */
    public List<Outcome> judge(List<Asked> all) throws IOException, InterruptedException, GeneralSecurityException {
        List<Call> calls = new ArrayList<>();
        List<Integer> trialOf = new ArrayList<>();
        for (Asked asked : all) {
            Optional<Call> call =
                    certain(asked.traced()).isPresent() ? call(asked.request(), Map.of()) : Optional.empty();
            trialOf.add(call.isPresent() ? calls.size() : -1);
            call.ifPresent(calls::add);
        }
        List<Trial> trials = tunnel.trials().send(calls);
        List<Outcome> outcomes = new ArrayList<>();
        for (int index = 0; index < all.size(); index++) {
            Asked asked = all.get(index);
            Optional<Verdict> verdict = certain(asked.traced());
            outcomes.add(
                    trialOf.get(index) < 0
                            ? Outcome.notAsked(verdict.isEmpty() ? silence(asked.traced()) : NOBODY)
                            : once(asked, trials.get(trialOf.get(index)), verdict.orElseThrow()));
        }
        return outcomes;
    }

    private Outcome once(Asked asked, Trial trial, Verdict verdict) {
        return Outcome.of(
                !trial.answer().said().isMissingNode(),
                forks(verdict)
                        ? ends.misses(trial, verdict)
                        : straight(asked.request(), trial, asked.traced(), verdict));
    }

    /** What trace is sure of, or what it says that holds otherwise; empty where Envoy cannot be asked. */
    private static Optional<Verdict> certain(Path traced) {
        Optional<Verdict> verdict = traced.verdict() instanceof Unknown unknown
                ? unknown.otherwise().filter(any -> !isOfAge(unknown) && !isOfApplication(unknown))
                : Optional.of(traced.verdict());
        return verdict.filter(sure -> !sure.summary().contains("NetworkPolic"))
                .filter(sure -> !(sure instanceof Split split)
                        || split.parts().stream()
                                .noneMatch(part -> part.verdict() instanceof Unknown unknown
                                        && (isOfAge(unknown) || isOfApplication(unknown))));
    }

    /** Objects of one second: what istiod takes for the older one is its own affair. */
    private static boolean isOfAge(Unknown unknown) {
        return unknown.why().contains("was created first") || unknown.why().contains("the older of the two");
    }

    /**
     * Applications here take TLS and plaintext at every port; what other services and addresses there are is known
     * here.
     */
    private static boolean isOfApplication(Unknown unknown) {
        return unknown.why().contains("is said to speak TLS, and gets plain HTTP")
                || unknown.why().contains("where plain HTTP is usual")
                || unknown.why().contains("only if it knows a service that has it")
                || unknown.why().contains("on to the address that was called")
                || unknown.why().contains("does not say whether its machine runs a proxy");
    }

    private static String silence(Path traced) {
        if (traced.verdict() instanceof Unknown unknown && isOfAge(unknown)) {
            return "objects of one second decide";
        }
        if (traced.verdict() instanceof Unknown unknown && isOfApplication(unknown)) {
            return "the application decides whether it takes TLS or plain HTTP";
        }
        if (traced.verdict() instanceof Split) {
            return "a part of the requests ends as objects of one second or applications decide";
        }
        return traced.verdict() instanceof Unknown unknown
                        && unknown.otherwise().isEmpty()
                ? "trace says unknown, and nothing that holds otherwise: %s".formatted(unknown.why())
                : "a NetworkPolicy decides, and no packet filter is here";
    }

    private static boolean forks(Verdict verdict) {
        return verdict instanceof Split
                || verdict instanceof Delivered delivered && delivered.targets().size() > 1;
    }

    /** The request as it goes over the wire; empty where nobody listens. */
    Optional<Call> call(Request request, Map<String, String> more) throws IOException, GeneralSecurityException {
        Map<String, String> headers = new TreeMap<>(request.headers());
        if (request.token().isPresent()) {
            headers.put(
                    "authorization",
                    "Bearer ".concat(tunnel.signer().token(request.token().get().claims())));
        }
        headers.putAll(more);
        headers.remove("host");
        boolean edge = request.isFromInternet() && tunnel.trustedProxies() > 0;
        if (edge) {
            headers.put(
                    "x-forwarded-for", Doors.client(request).concat(", 127.0.0.9".repeat(tunnel.trustedProxies() - 1)));
        }
        return door(request, edge)
                .map(door -> new Call(
                        door,
                        request.isEncrypted() ? Optional.of(request.serverName()) : Optional.empty(),
                        request.showsCertificate(),
                        request.isBytes(),
                        request.method(),
                        request.target(),
                        request.http().host().isEmpty() ? request.host() : host(request),
                        headers,
                        tunnel.newId()));
    }

    private static String host(Request request) {
        String usual = request.port() == (request.isEncrypted() ? 443 : 80) ? "" : ":%d".formatted(request.port());
        return request.headers().getOrDefault("host", request.host().concat(usual));
    }

    private Optional<Door> door(Request request, boolean edge) throws IOException {
        if (request.isFromInternet()) {
            return tunnel.doors().fromOutside(request, edge);
        }
        List<Pod> callers = tunnel.cluster().called(request.from());
        if (callers.isEmpty()) {
            return Optional.empty();
        }
        Optional<ProxiedPod> proxy = tunnel.proxy(callers.get(0));
        Optional<Door> door = proxy.isPresent()
                ? tunnel.doors().fromInside(proxy.get(), request)
                : tunnel.doors().withoutProxy(callers.get(0), request);
        tunnel.outside(request);
        return door;
    }

    private List<String> straight(Request request, Trial trial, Path traced, Verdict verdict) {
        List<String> misses = new ArrayList<>(ends.misses(trial, verdict));
        traced.handling()
                .filter(any -> !request.isBytes())
                .ifPresent(handling -> Ends.handled(misses, trial, handling));
        if (misses.isEmpty()
                && verdict.isDelivered()
                && !request.isBytes()
                && !traced.handlings().isEmpty()) {
            Ends.passedOn(
                    misses,
                    trial.answer().said(),
                    traced.handlings().get(traced.handlings().size() - 1));
        }
        return misses;
    }

    /** Each end of a fork comes as often as its part says, and nothing else comes. */
    private List<String> forked(Call call, Verdict verdict) throws IOException, InterruptedException {
        List<Verdict.Part> parts = Ends.parts(verdict);
        int[] counts = new int[parts.size()];
        List<String> misses = new ArrayList<>();
        for (int draw = 0; draw < DRAWS && misses.size() < 3; draw++) {
            Trial trial = tunnel.trials().send(again(call));
            int which = -1;
            for (int index = 0; index < parts.size() && which < 0; index++) {
                which = ends.misses(trial, parts.get(index).verdict()).isEmpty() ? index : -1;
            }
            if (which < 0) {
                misses.add("%s, says trace; but once it is %s".formatted(verdict.summary(), ends.seen(trial)));
            } else {
                counts[which]++;
            }
        }
        for (int index = 0; misses.isEmpty() && index < parts.size(); index++) {
            double part = parts.get(index).part();
            double bound = 5 * Math.sqrt(DRAWS * part * (1 - part)) + 1;
            if (Math.abs(counts[index] - DRAWS * part) > bound) {
                misses.add("%s of %d draws are %s"
                        .formatted(
                                counts[index], DRAWS, parts.get(index).verdict().summary()));
            }
        }
        return misses;
    }

    /** The same under another id. */
    Call again(Call call) {
        return call.again(tunnel.newId());
    }
}
