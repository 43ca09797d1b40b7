package io.meshwright.check.cel;

import static io.meshwright.check.cel.Functions.parsed;

import io.meshwright.check.cel.Functions.Type;
import java.util.Optional;

/** The functions on versions. */
final class SemverFunctions {
    private static final Type<Semver> VERSION = Type.of("Semver", Semver.class);

    private SemverFunctions() {}

    static void addTo(Functions functions) {
        functions
                .function("semver", Type.TEXT, VERSION, text -> parsed(Semver.of(text), text, "version"))
                .function(
                        "semver",
                        Type.TEXT,
                        Type.TRUTH,
                        VERSION,
                        (text, loose) -> parsed(read(text, loose), text, "version"))
                .function(
                        "isSemver",
                        Type.TEXT,
                        Type.TRUTH,
                        text -> Semver.of(text).isPresent())
                .function(
                        "isSemver",
                        Type.TEXT,
                        Type.TRUTH,
                        Type.TRUTH,
                        (text, loose) -> read(text, loose).isPresent())
                .method(
                        "major",
                        VERSION,
                        Type.NUMBER,
                        version -> version.major().longValueExact())
                .method(
                        "minor",
                        VERSION,
                        Type.NUMBER,
                        version -> version.minor().longValueExact())
                .method(
                        "patch",
                        VERSION,
                        Type.NUMBER,
                        version -> version.patch().longValueExact())
                .method("isGreaterThan", VERSION, VERSION, Type.TRUTH, (one, other) -> one.compareTo(other) > 0)
                .method("isLessThan", VERSION, VERSION, Type.TRUTH, (one, other) -> one.compareTo(other) < 0)
                .method("compareTo", VERSION, VERSION, Type.NUMBER, (one, other) -> (long) one.compareTo(other));
    }

    private static Optional<Semver> read(String text, boolean loose) {
        return loose ? Semver.normalized(text) : Semver.of(text);
    }
}
