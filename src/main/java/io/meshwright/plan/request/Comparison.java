package io.meshwright.plan.request;

import io.meshwright.manifest.Manifest;
import io.meshwright.plan.change.ChangeRule;
import io.meshwright.trace.answer.Handling;
import io.meshwright.trace.answer.Retries;
import io.meshwright.trace.request.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** One request and how it ends on both sides. */
record Comparison(Request request, Answer before, Answer after) {
    private static final String NONE = "none";
    private static final double ROUNDING = 1e-9;

    /** {@code GET https://shop.example.org/ from internet}, with what else a reader has to know to send it. */
    String subject() {
        String sent = request.isBytes()
                ? request.toString().substring(request.method().length() + 1) // bytes have no method
                : request.toString();
        StringBuilder text = new StringBuilder("%s from %s".formatted(sent, request.from()));
        request.clientIp()
                .ifPresent(address -> text.append(" (").append(address).append(')'));
        request.headers()
                .forEach((name, value) ->
                        text.append(", ").append(name).append(": ").append(value));
        request.token()
                .map(token -> token.claims())
                .ifPresent(claims ->
                        text.append(", a token of ").append(claims.path("iss").asText("somebody")));
        return text.toString();
    }

    /**
     * In what it fares otherwise; nothing for one that no end is known of where no object that changes had a say.
     *
     * @param touched whether the change concerns an object
     */
    List<Difference> differences(Predicate<Manifest> touched) {
        if (after == Answer.NOBODY_ASKS) {
            return List.of(); // who is gone misses nothing
        }
        if (before.isUnknown() || after.isUnknown()) {
            boolean same = before.end().equals(after.end()) && before.isUnknown() == after.isUnknown();
            return same && !meets(touched)
                    ? List.of()
                    : List.of(new Difference(ChangeRule.REQUEST_UNKNOWN, known(before), known(after)));
        }
        List<Difference> differences = new ArrayList<>();
        boolean elsewhere = !before.reached().equals(after.reached());
        if (before == Answer.NOBODY_ASKS && after.arriving() == 0) {
            return List.of();
        }
        if (!before.end().equals(after.end()) || elsewhere) {
            differences.add(new Difference(end(), pods(before, elsewhere), pods(after, elsewhere)));
        }
        differ(
                differences,
                Handling::allowOrigin,
                each -> each.map("readable for a page of %s"::formatted).orElse("readable for no other page"),
                Comparison::origin);
        if (before.arriving() > 0 && after.arriving() > 0) {
            handlings(differences);
        }
        return differences;
    }

    /** Tells whether such an object has a say on either side. */
    boolean meets(Predicate<Manifest> objects) {
        return before.deciding().anyMatch(objects) || after.deciding().anyMatch(objects);
    }

    private static String known(Answer answer) {
        return answer.isUnknown() ? "unknown: %s".formatted(String.join("; ", answer.doubts())) : answer.end();
    }

    /** With the pods where host and subset alone would read the same. */
    private String pods(Answer answer, boolean elsewhere) {
        return elsewhere && before.end().equals(after.end()) ? String.join(", ", answer.reached()) : answer.end();
    }

    private ChangeRule end() {
        boolean outside = request.isFromInternet();
        if (after.arriving() + ROUNDING < before.arriving()
                && !before.reached().isEmpty()
                && (after.reached().isEmpty() || before.reached().containsAll(after.reached()))) {
            if (!after.isRefused()) {
                return ChangeRule.REQUEST_LOST;
            }
            return outside ? ChangeRule.REQUEST_REFUSED : ChangeRule.CALLER_REMOVED;
        }
        if (before.arriving() == 0 && after.arriving() > 0) {
            if (outside) {
                return ChangeRule.REQUEST_ADMITTED;
            }
            return before.isRefused() ? ChangeRule.CALLER_ADDED : ChangeRule.REQUEST_ARRIVES;
        }
        return before.arriving() > 0 ? ChangeRule.REQUEST_ELSEWHERE : ChangeRule.ANSWER_CHANGED;
    }

    private void handlings(List<Difference> differences) {
        differ(differences, Handling::timeout, each -> "timeout %s".formatted(each.orElse(NONE)), Comparison::timeout);
        differ(differences, Handling::retries, Retries::toString, (old, young) -> ChangeRule.RETRIES_CHANGED);
        differ(
                differences,
                handling -> "%s%s".formatted(handling.authority(), handling.path()),
                Function.identity(),
                (old, young) -> ChangeRule.REWRITTEN);
        differ(
                differences,
                Handling::mirrors,
                each -> each.isEmpty() ? "no copies" : "copies to %s".formatted(String.join(", ", each)),
                (old, young) -> ChangeRule.MIRRORED);
        differ(
                differences,
                Handling::requestHeaders,
                each -> each.isEmpty() ? "headers as they come" : String.join(", ", each),
                (old, young) -> ChangeRule.REQUEST_HEADERS_CHANGED);
        differ(
                differences,
                Handling::responseHeaders,
                each -> each.isEmpty() ? "answers as they come" : "answers with %s".formatted(words(each)),
                (old, young) -> ChangeRule.ANSWER_HEADERS_CHANGED);
    }

    private static String words(Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(header -> "%s: %s".formatted(header.getKey(), header.getValue()))
                .collect(Collectors.joining(", "));
    }

    private interface Judgement<T> {
        ChangeRule of(T before, T after);
    }

    /** Compares what the first proxy does, and where that is the same, what the next ones do. */
    private <T> void differ(
            List<Difference> differences, Function<Handling, T> feature, Function<T, String> words, Judgement<T> rule) {
        List<T> old = before.each(feature);
        List<T> young = after.each(feature);
        for (int index = 0; index < Math.min(old.size(), young.size()); index++) {
            if (!old.get(index).equals(young.get(index))) {
                differences.add(new Difference(
                        rule.of(old.get(index), young.get(index)),
                        words.apply(old.get(index)),
                        words.apply(young.get(index))));
                return;
            }
        }
    }

    private static ChangeRule timeout(Optional<String> old, Optional<String> young) {
        boolean shorter = young.isPresent()
                && (old.isEmpty() || Timeout.milliseconds(young.get()) < Timeout.milliseconds(old.get()));
        return shorter ? ChangeRule.TIMEOUT_SHORTER : ChangeRule.TIMEOUT_LONGER;
    }

    private static ChangeRule origin(Optional<String> old, Optional<String> young) {
        return young.isPresent() ? ChangeRule.ORIGIN_ADMITTED : ChangeRule.ORIGIN_REFUSED;
    }
}
