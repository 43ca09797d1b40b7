package io.meshwright.trace.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Answered;
import io.meshwright.trace.answer.Verdict.Closed;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.answer.Verdict.Unknown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The end of a request as a row of a request table expects it; keys that are not written are not looked at. */
record Expectation(JsonNode written) {
    static final Set<String> KEYS = new TreeSet<>(Set.of(
            "status",
            "flag",
            "closed",
            "unknown",
            "to",
            "route",
            "timeout",
            "retries",
            "allowOrigin",
            "path",
            "authority",
            "responseHeaders"));
    static final Set<String> DESTINATION_KEYS = new TreeSet<>(Set.of("host", "subset", "weight"));
    private static final String NONE = "none";
    private static final double ROUNDING = 0.05;

    /** One sentence on each thing that is not as expected. */
    List<String> misses(Path path) {
        List<String> misses = new ArrayList<>();
        // Of a row that expects something unknown, the other keys speak of how it ends otherwise.
        boolean doubted = written.path("unknown").asBoolean(false) && path.verdict() instanceof Unknown;
        Verdict verdict = doubted ? ((Unknown) path.verdict()).otherwise().orElse(path.verdict()) : path.verdict();
        if (written.has("status")) {
            expect(misses, "status", written.path("status").asText(), status(verdict));
        }
        if (written.has("flag")) {
            expect(misses, "flag", written.path("flag").asText(), flag(verdict));
        }
        if (written.has("closed")) {
            expect(misses, "closed", written.path("closed").asText(), Boolean.toString(verdict instanceof Closed));
        }
        if (written.has("unknown")) {
            expect(
                    misses,
                    "unknown",
                    written.path("unknown").asText(),
                    Boolean.toString(path.verdict() instanceof Unknown));
        }
        handling(misses, path);
        if (written.has("to")) {
            destinations(misses, verdict);
        }
        return misses;
    }

    private static String status(Verdict verdict) {
        return verdict instanceof Answered answered ? Integer.toString(answered.status()) : verdict.summary();
    }

    private static String flag(Verdict verdict) {
        if (verdict instanceof Answered answered) {
            return answered.flag();
        }
        return verdict instanceof Closed closed ? closed.flag() : verdict.summary();
    }

    private void handling(List<String> misses, Path path) {
        expect(misses, "route", path.handling().map(Handling::name).orElse(NONE));
        expect(misses, "timeout", path.handling().flatMap(Handling::timeout).orElse(NONE));
        expect(
                misses,
                "retries",
                path.handling()
                        .map(handling -> Integer.toString(handling.retries().attempts()))
                        .orElse(NONE));
        expect(
                misses,
                "allowOrigin",
                path.handling().flatMap(Handling::allowOrigin).orElse(NONE));
        expect(misses, "path", path.handling().map(Handling::path).orElse(NONE));
        expect(misses, "authority", path.handling().map(Handling::authority).orElse(NONE));
        Fields.strings(written.path("responseHeaders"))
                .forEach((name, value) -> expect(
                        misses,
                        "responseHeaders.%s".formatted(name),
                        value,
                        path.handling()
                                .map(Handling::responseHeaders)
                                .map(headers -> headers.get(name.toLowerCase(Locale.ROOT)))
                                .orElse(NONE)));
    }

    private void expect(List<String> misses, String key, String actual) {
        if (written.has(key)) {
            expect(misses, key, written.path(key).asText(), actual);
        }
    }

    private static void expect(List<String> misses, String key, String expected, String actual) {
        if (!expected.equals(actual)) {
            misses.add("%s: expected %s, but it is %s".formatted(key, expected, actual));
        }
    }

    private void destinations(List<String> misses, Verdict verdict) {
        List<DeliveryTarget> left =
                new ArrayList<>(verdict instanceof Delivered delivered ? delivered.targets() : List.of());
        if (left.isEmpty()) {
            misses.add("to: expected to be delivered, but it is %s".formatted(verdict.summary()));
            return;
        }
        for (JsonNode wanted : Fields.items(written.path("to"))) {
            if (!left.removeIf(target -> fits(wanted, target))) {
                misses.add("to: expected %s, but it is %s".formatted(wanted, verdict.summary()));
            }
        }
        left.forEach(target -> misses.add(
                "to: %s %s is not expected".formatted(DeliveryTarget.percent(target.part()), target.name())));
    }

    private static boolean fits(JsonNode wanted, DeliveryTarget target) {
        String host = wanted.path("host").asText();
        boolean named = target.host().equals(host) || target.host().startsWith(host.concat(".svc."));
        boolean weighed =
                !wanted.has("weight") || Math.abs(wanted.path("weight").asDouble() - target.part() * 100) <= ROUNDING;
        return named
                && weighed
                && (!wanted.has("subset")
                        || wanted.path("subset").asText().equals(target.subset().orElse(NONE)));
    }
}
