package io.meshwright.trace.answer;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The end of a request, as its client sees it. */
public sealed interface Verdict {
    /** The least status that tells of an error. */
    int FIRST_ERROR = 400;

    /** The end of a request that comes back to gateways again and again. */
    static Verdict inCircles() {
        return new Closed("", "the request runs in circles through gateways");
    }

    /** One sentence for people. */
    String summary();

    /** A proxy answers; {@code flag} is Envoy's response flag, or RBAC where authorization refuses, or empty. */
    record Answered(int status, String flag, String why) implements Verdict {
        @Override
        public String summary() {
            return "answered %d%s: %s".formatted(status, flag.isEmpty() ? "" : " ".concat(flag), why);
        }
    }

    /** The connection ends without any HTTP answer. */
    record Closed(String flag, String why) implements Verdict {
        @Override
        public String summary() {
            return "no answer%s: %s".formatted(flag.isEmpty() ? "" : " (%s)".formatted(flag), why);
        }
    }

    /** It reaches applications, which answer as they like. */
    record Delivered(List<DeliveryTarget> targets) implements Verdict {
        @Override
        public String summary() {
            return targets.stream()
                    .map(target -> targets.size() == 1 && target.part() == 1
                            ? target.name()
                            : "%s %s".formatted(DeliveryTarget.percent(target.part()), target.name()))
                    .collect(Collectors.joining(", ", "delivered to ", ""));
        }
    }

    /** Some requests end in one way and some in another. */
    record Split(List<Part> parts) implements Verdict {
        @Override
        public String summary() {
            return parts.stream()
                    .map(part -> "%s %s"
                            .formatted(
                                    DeliveryTarget.percent(part.part()),
                                    part.verdict().summary()))
                    .collect(Collectors.joining("; "));
        }
    }

    /** The end of a part of all requests, between 0 and 1. */
    record Part(double part, Verdict verdict) {}

    /** Manifests do not tell; {@code otherwise} is how it ends if what is unknown does not interfere. */
    record Unknown(String why, Optional<Verdict> otherwise) implements Verdict {
        public static Unknown because(String why) {
            return new Unknown(why, Optional.empty());
        }

        @Override
        public String summary() {
            return "unknown: %s%s"
                    .formatted(
                            why,
                            otherwise
                                    .map(verdict -> "; otherwise %s".formatted(verdict.summary()))
                                    .orElse(""));
        }
    }

    /** True if every request arrives. */
    default boolean isDelivered() {
        return this instanceof Delivered;
    }

    /**
     * True if requests end for certain where nobody wants them to, be it a part of them: no answer, or an error of a
     * proxy. A redirect and an answer that the mesh gives on purpose are none; what manifests do not tell is none
     * either.
     */
    default boolean fails() {
        return this instanceof Closed
                || this instanceof Answered answered && answered.status() >= FIRST_ERROR
                || this instanceof Split split
                        && split.parts().stream().map(Part::verdict).anyMatch(Verdict::fails);
    }

    /** True if nothing but a proxy's answer of that status can come. */
    default boolean isAnswered(int status) {
        return this instanceof Answered answered && answered.status() == status;
    }
}
