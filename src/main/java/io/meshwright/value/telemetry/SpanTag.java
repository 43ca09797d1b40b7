package io.meshwright.value.telemetry;

import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A span's tag: a literal, a variable of the proxy, or a request header; exactly one. */
@Doc("A tag: exactly one of literal, environment, header.")
public record SpanTag(
        @Nullable @Doc("The same value everywhere.") String literal,

        @Nullable @Doc("A variable of the proxy's environment.")
        String environment,

        @Nullable @Doc("A request header.") String header,

        @Nullable @Doc("Used where the variable or header is absent.")
        String defaultValue) {
    public SpanTag {
        long given =
                Stream.of(literal, environment, header).filter(Objects::nonNull).count();
        Require.that(
                given == 1, "", "%d of literal, environment and header are given".formatted(given), "give exactly one");
    }
}
