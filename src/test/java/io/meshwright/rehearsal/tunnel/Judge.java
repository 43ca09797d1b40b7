package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Pod;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
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

    public Judge(WindTunnel tunnel) {
        this.tunnel = tunnel;
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
                forks(verdict.get())
                        ? forked(call.get(), verdict.get())
                        : straight(request, tunnel.send(call.get()), traced, verdict.get()));
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
        List<Trial> trials = tunnel.send(calls);
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
                forks(verdict) ? end(trial, verdict) : straight(asked.request(), trial, asked.traced(), verdict));
    }

    /** What trace is sure of, or what it says that holds otherwise; empty where Envoy cannot be asked. */
    private static Optional<Verdict> certain(Path traced) {
        Optional<Verdict> verdict =
                traced.verdict() instanceof Unknown unknown ? unknown.otherwise() : Optional.of(traced.verdict());
        return verdict.filter(sure -> !sure.summary().contains("NetworkPolic"));
    }

    private static String silence(Path traced) {
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
        if (request.token().flatMap(token -> token.claims()).isPresent()) {
            headers.put(
                    "authorization",
                    "Bearer "
                            .concat(tunnel.signer()
                                    .token(request.token().get().claims().get())));
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
        List<String> misses = new ArrayList<>(end(trial, verdict));
        traced.handling().filter(any -> !request.isBytes()).ifPresent(handling -> handled(misses, trial, handling));
        if (misses.isEmpty()
                && verdict.isDelivered()
                && !request.isBytes()
                && !traced.handlings().isEmpty()) {
            passedOn(
                    misses,
                    trial.answer().said(),
                    traced.handlings().get(traced.handlings().size() - 1));
        }
        return misses;
    }

    /** In what one end is another than the verdict. */
    List<String> end(Trial trial, Verdict verdict) {
        Answer answer = trial.answer();
        String seen = seen(trial);
        if (verdict instanceof Answered answered) {
            return ended(trial, answered, seen);
        }
        if (verdict instanceof Closed) {
            return answer.status() == 0 && answer.said().isMissingNode()
                    ? List.of()
                    : List.of("closed, says trace; but it is %s".formatted(seen));
        }
        if (verdict instanceof Unknown unknown) {
            return unknown.otherwise().map(sure -> end(trial, sure)).orElse(List.of());
        }
        if (verdict instanceof Split) {
            return parts(verdict).stream().anyMatch(part -> end(trial, part.verdict()).isEmpty())
                    ? List.of()
                    : List.of("%s, says trace; but it is %s".formatted(verdict.summary(), seen));
        }
        Delivered delivered = (Delivered) verdict;
        return delivered.targets().stream().anyMatch(target -> reached(trial, target))
                ? List.of()
                : List.of("%s, says trace; but it is %s".formatted(verdict.summary(), seen));
    }

    private static List<String> ended(Trial trial, Answered answered, String seen) {
        boolean proxy = trial.answer().said().isMissingNode();
        if (!proxy || trial.answer().status() != answered.status()) {
            return List.of("%s, says trace; but it is %s".formatted(answered.summary(), seen));
        }
        Optional<JsonNode> ender = trial.ender();
        if (answered.flag().isEmpty() || ender.isEmpty()) {
            return List.of();
        }
        String flags = ender.get().path("flags").asText("");
        String details = ender.get().path("details").asText("");
        boolean same = answered.flag().equals("RBAC")
                ? details.startsWith("rbac_access_denied")
                : List.of(flags.split(",")).contains(answered.flag());
        return same ? List.of() : List.of("flag %s, says trace; but it is %s".formatted(answered.flag(), seen));
    }

    private boolean reached(Trial trial, DeliveryTarget target) {
        Answer answer = trial.answer();
        JsonNode said = answer.said();
        if (said.isMissingNode()) {
            return false;
        }
        String by = tunnel.said(said);
        boolean there = target.pods().isEmpty()
                ? by.equals(target.host())
                : target.pods().contains(by);
        String[] cluster = trial.cluster().split("\\|", -1);
        return there
                && (cluster.length != 4
                        || cluster[1].equals(Integer.toString(target.port()))
                                && cluster[2].equals(target.subset().orElse(""))
                                && cluster[3].equals(target.host()));
    }

    private String seen(Trial trial) {
        Answer answer = trial.answer();
        String end = answer.said().isMissingNode()
                ? answer.status() == 0 ? answer.problem() : Integer.toString(answer.status())
                : "delivered to %s".formatted(tunnel.said(answer.said()));
        return "%s %s".formatted(end, trial.lines());
    }

    private static void handled(List<String> misses, Trial trial, Handling handling) {
        String route = trial.first().map(line -> line.path("route").asText("")).orElse("");
        if (!handling.name().isEmpty() && !route.equals(handling.name())) {
            misses.add("route %s, says trace; but it is %s".formatted(handling.name(), route));
        }
        String allowed = trial.answer().header("access-control-allow-origin");
        if (!allowed.equals(handling.allowOrigin().orElse(""))) {
            misses.add("allow-origin %s, says trace; but it is %s"
                    .formatted(handling.allowOrigin().orElse("none"), allowed));
        }
    }

    private static void passedOn(List<String> misses, JsonNode said, Handling handling) {
        String path = said.path("path").asText().replaceFirst("\\?.*", "");
        if (!path.equals(handling.path())) {
            misses.add("path %s, says trace; but it is %s".formatted(handling.path(), path));
        }
        String authority = said.path("headers").path("host").asText();
        if (!authority.equalsIgnoreCase(handling.authority())) {
            misses.add("authority %s, says trace; but it is %s".formatted(handling.authority(), authority));
        }
    }

    /** Each end of a fork comes as often as its part says, and nothing else comes. */
    private List<String> forked(Call call, Verdict verdict) throws IOException, InterruptedException {
        List<Verdict.Part> parts = parts(verdict);
        int[] counts = new int[parts.size()];
        List<String> misses = new ArrayList<>();
        for (int draw = 0; draw < DRAWS && misses.size() < 3; draw++) {
            Trial trial = tunnel.send(again(call));
            int which = -1;
            for (int index = 0; index < parts.size() && which < 0; index++) {
                which = end(trial, parts.get(index).verdict()).isEmpty() ? index : -1;
            }
            if (which < 0) {
                misses.add("%s, says trace; but once it is %s".formatted(verdict.summary(), seen(trial)));
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

    private static List<Verdict.Part> parts(Verdict verdict) {
        if (verdict instanceof Delivered delivered) {
            return delivered.targets().stream()
                    .map(target -> new Verdict.Part(target.part(), new Delivered(List.of(target))))
                    .toList();
        }
        return ((Split) verdict)
                .parts().stream()
                        .flatMap(part -> part.verdict() instanceof Delivered
                                ? parts(part.verdict()).stream()
                                        .map(inner -> new Verdict.Part(part.part() * inner.part(), inner.verdict()))
                                : java.util.stream.Stream.of(part))
                        .toList();
    }
}
