package io.meshwright.environment.agreement.route;

import io.meshwright.environment.Environment;
import io.meshwright.environment.agreement.part.Agreement;
import io.meshwright.environment.agreement.part.DeclaredRoute;
import io.meshwright.value.Duration;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.Stream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Streams of the gateway beat often enough for those who stand between it and the client (incident I3). */
public final class StreamsBeatInTime implements Agreement {
    @Override
    public List<InvalidValue> refusals(Environment environment) {
        List<InvalidValue> refusals = new ArrayList<>();
        DeclaredRoute.of(environment)
                .filter(declared -> !declared.isInner())
                .forEach(declared -> Optional.ofNullable(declared.route().stream())
                        .map(Stream::heartbeat)
                        .ifPresent(beat -> environment.cluster().silences().forEach((who, silence) -> {
                            if (beat.compareTo(silence) >= 0) {
                                refusals.add(refusal(declared, beat, silence, who));
                            }
                        })));
        return refusals;
    }

    private static InvalidValue refusal(DeclaredRoute declared, Duration beat, Duration silence, String who) {
        return new InvalidValue(
                declared.at().key("stream").key("heartbeat"),
                "\"%s\" is not shorter than %s, after which %s closes a quiet stream".formatted(beat, silence, who),
                "let the application send something more often, and say how often");
    }
}
