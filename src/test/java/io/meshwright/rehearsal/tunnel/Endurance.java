package io.meshwright.rehearsal.tunnel;

import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Retries;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import io.meshwright.trace.request.Request;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How long routes wait for an application that says nothing, and how often they repeat what fails: each route once, of
 * requests that arrive.
 */
public final class Endurance {
    /** Longer than Envoy's own 15 seconds, which count where a route says nothing. */
    private static final int LONG = 20;

    private static final int LATE = 12;
    private static final Duration EJECTED = Duration.ofSeconds(150);

    private final WindTunnel tunnel;
    private final Judge judge;
    private final Map<String, Asked> routes = new LinkedHashMap<>();

    private final Set<String> ejected = new TreeSet<>();

    private record Asked(Request request, Handling handling) {}

    public Endurance(WindTunnel tunnel) {
        this.tunnel = tunnel;
        this.judge = new Judge(tunnel);
    }

    /** Notes the route of a request that agreed, if no other request stands for it. */
    public void note(Request request, Path traced) {
        boolean arrives = traced.verdict() instanceof Delivered
                || traced.verdict() instanceof Unknown unknown
                        && unknown.otherwise().orElse(unknown) instanceof Delivered;
        if (arrives && !request.isBytes() && !request.method().equals("OPTIONS")) {
            traced.handling()
                    .filter(handling -> !handling.name().isEmpty())
                    .ifPresent(handling -> routes.putIfAbsent(
                            "%s %s".formatted(request.from(), handling.name()), new Asked(request, handling)));
        }
    }

    /** Routes that were noted. */
    public int size() {
        return routes.size();
    }

    /** In what routes wait or repeat otherwise than trace says, or pods that fail are not left out. */
    public List<String> misses() throws IOException, InterruptedException, GeneralSecurityException {
        List<String> misses = new ArrayList<>(waits());
        for (Map.Entry<String, Asked> route : routes.entrySet()) {
            awaitHealth(route.getValue().request());
            repeats(route.getValue()).ifPresent(miss -> misses.add("%s: %s".formatted(route.getKey(), miss)));
        }
        for (Asked asked : routes.values()) {
            awaitHealth(asked.request());
            misses.addAll(ejections(asked.request()));
        }
        return misses;
    }

    /** Clusters with outlier detection that were tried. */
    public int ejections() {
        return ejected.size();
    }

    private List<String> ejections(Request request) throws IOException, InterruptedException, GeneralSecurityException {
        Call call = judge.call(request, Map.of()).orElseThrow();
        Trial trial = tunnel.trials().send(call);
        Optional<Envoy> proxy = tunnel.envoy(call.door());
        var cluster = proxy.flatMap(each -> each.cluster(trial.cluster()))
                .filter(each -> each.hasOutlierDetection() && trial.answer().status() == 200);
        if (cluster.isEmpty() || !ejected.add("%s %s".formatted(request.from(), trial.cluster()))) {
            return List.of();
        }
        Call failing = call(request, "status 503");
        return new Ejection(tunnel, proxy.orElseThrow(), cluster.get())
                .misses(() -> judge.again(failing), () -> judge.again(call));
    }

    private List<String> waits() throws InterruptedException, IOException {
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            List<Callable<List<String>>> all = new ArrayList<>();
            routes.forEach((name, asked) -> all.add(() -> waits(name, asked)));
            List<String> misses = new ArrayList<>();
            for (Future<List<String>> each : threads.invokeAll(all)) {
                misses.addAll(each.get());
            }
            return misses;
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    private List<String> waits(String name, Asked asked)
            throws IOException, InterruptedException, GeneralSecurityException {
        Optional<Double> limit = asked.handling().timeout().map(Endurance::seconds);
        Retries retries = asked.handling().retries();
        double least = limit.orElse(0.0);
        if (limit.isPresent() && retries.perTryTimeout().isPresent()) {
            least = Math.min(
                    least,
                    seconds(retries.perTryTimeout().get()) * (repeatsTimeouts(retries) ? retries.attempts() + 1 : 1));
        }
        String wish = limit.isPresent()
                ? "wait %d".formatted((int) Math.ceil(limit.get()) + LATE)
                : "stream %d".formatted(LONG);
        Trial trial = tunnel.trials().send(call(asked.request(), wish));
        double took = trial.answer().took().toMillis() / 1000.0;
        if (limit.isEmpty()) {
            return trial.answer().status() == 200 && took >= LONG - 1
                    ? List.of()
                    : List.of("%s: no timeout, says trace; but after %.1f s it is %d"
                            .formatted(name, took, trial.answer().status()));
        }
        boolean same = trial.answer().status() == 504 && took >= least - 1 && took <= limit.get() + LATE;
        return same
                ? List.of()
                : List.of("%s: timeout %s, says trace; but after %.1f s it is %d %s"
                        .formatted(
                                name,
                                asked.handling().timeout().get(),
                                took,
                                trial.answer().status(),
                                trial.lines()));
    }

    /** Empty where it is as trace says, or where what the application can do is nothing that is repeated. */
    private Optional<String> repeats(Asked asked) throws IOException, InterruptedException, GeneralSecurityException {
        Retries retries = asked.handling().retries();
        if (retries.attempts() > 0 && !repeatsFailures(retries)) {
            return Optional.empty();
        }
        Trial trial = tunnel.trials().send(call(asked.request(), "status 503"));
        return trial.arrivals() == retries.attempts() + 1
                ? Optional.empty()
                : Optional.of("%s, says trace; but it arrived %d times %s"
                        .formatted(retries, trial.arrivals(), trial.lines()));
    }

    private static boolean repeatsFailures(Retries retries) {
        return retries.on().contains("503") || repeatsTimeouts(retries);
    }

    private static boolean repeatsTimeouts(Retries retries) {
        return retries.on().contains("5xx") || retries.on().contains("gateway-error");
    }

    private Call call(Request request, String wish) throws IOException, GeneralSecurityException {
        return judge.call(request, Map.of(Echo.DO, wish)).orElseThrow();
    }

    /** Pods that failed are left out for a while where a DestinationRule says so. */
    private void awaitHealth(Request request) throws IOException, InterruptedException, GeneralSecurityException {
        long end = System.nanoTime() + EJECTED.toNanos();
        while (System.nanoTime() < end) {
            if (tunnel.trials()
                            .sendOnly(judge.call(request, Map.of()).orElseThrow())
                            .status()
                    < 500) {
                return;
            }
            Thread.sleep(2000);
        }
    }

    static double seconds(String written) {
        double seconds = 0;
        var matcher = java.util.regex.Pattern.compile("([0-9.]+)(ms|h|m|s)").matcher(written);
        while (matcher.find()) {
            double factor = switch (matcher.group(2)) {
                case "h" -> 3600;
                case "m" -> 60;
                case "ms" -> 0.001;
                default -> 1;
            };
            seconds += Double.parseDouble(matcher.group(1)) * factor;
        }
        return seconds;
    }
}
