package io.meshwright.value.telemetry;

import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import java.util.Objects;
import java.util.stream.Stream;

/** A span's tag: a literal, a variable of the proxy, or a request header; exactly one. */
@Doc("A tag: exactly one of literal, environment, header.")
public record SpanTag(
        @Doc("The same value everywhere.") String literal,
        @Doc("A variable of the proxy's environment.") String environment,
        @Doc("A request header.") String header,
        @Doc("Used where the variable or header is absent.") String defaultValue) {
    public SpanTag {
        long given =
                Stream.of(literal, environment, header).filter(Objects::nonNull).count();
        Require.that(
                given == 1, "", "%d of literal, environment and header are given".formatted(given), "give exactly one");
    }
}
