package io.meshwright.rehearsal.tunnel;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Split;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Compares how requests ended with what trace says of them. */
final class Ends {
    private final WindTunnel tunnel;

    Ends(WindTunnel tunnel) {
        this.tunnel = tunnel;
    }

    /** In what one end is another than the verdict. */
    List<String> misses(Trial trial, Verdict verdict) {
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
            return unknown.otherwise().map(sure -> misses(trial, sure)).orElse(List.of());
        }
        if (verdict instanceof Split) {
            return parts(verdict).stream()
                            .anyMatch(part -> misses(trial, part.verdict()).isEmpty())
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
        String[] cluster = trial.cluster().split("\\|", -1);
        // The cluster, which is compared below, tells what a proxy took an address outside for.
        boolean endpoint = cluster.length == 4 && !by.contains("/");
        boolean there = target.pods().isEmpty()
                ? isOf(target.host(), by) || tunnel.cluster().named(by).equals(target.host()) || endpoint
                : target.pods().contains(by);
        return there
                && (cluster.length != 4
                        || cluster[1].equals(Integer.toString(target.port()))
                                && cluster[2].equals(target.subset().orElse(""))
                                && cluster[3].equals(target.host()));
    }

    /** Whether a host, which may be all of a domain, stands for the one that was reached. */
    private static boolean isOf(String host, String reached) {
        return host.startsWith("*") ? reached.endsWith(host.substring(1)) : reached.equals(host);
    }

    /** For people: how a request ended, and what proxies wrote of it. */
    String seen(Trial trial) {
        Answer answer = trial.answer();
        String end = answer.said().isMissingNode()
                ? answer.status() == 0 ? answer.problem() : Integer.toString(answer.status())
                : "delivered to %s".formatted(tunnel.said(answer.said()));
        return "%s %s".formatted(end, trial.lines());
    }

    /** In what the first proxy did something else with a request. */
    static void handled(List<String> misses, Trial trial, Handling handling) {
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

    /** In what the application got something else than the last proxy passes on. */
    static void passedOn(List<String> misses, JsonNode said, Handling handling) {
        String path = said.path("path").asText().replaceFirst("\\?.*", "");
        if (!path.equals(handling.path())) {
            misses.add("path %s, says trace; but it is %s".formatted(handling.path(), path));
        }
        String authority = said.path("headers").path("host").asText();
        if (!authority.equalsIgnoreCase(handling.authority())) {
            misses.add("authority %s, says trace; but it is %s".formatted(handling.authority(), authority));
        }
    }

    /** Every end of a fork, with its part of all. */
    static List<Verdict.Part> parts(Verdict verdict) {
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
                                : Stream.of(part))
                        .toList();
    }
}
