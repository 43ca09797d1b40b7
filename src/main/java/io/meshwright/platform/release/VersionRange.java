package io.meshwright.platform.release;

import io.meshwright.value.Require;
import io.meshwright.value.Version;
import java.util.Optional;

/**
 * Versions from one to another, both ends included; without {@code last}, all that follow; an end that names a release
 * line takes in all of its patches.
 */
public record VersionRange(Version first, Optional<Version> last) {
    public VersionRange {
        Require.present("first", first);
        Require.that(
                last.isEmpty() || last.get().isAtLeast(first),
                "",
                "\"%s-%s\" runs backwards"
                        .formatted(first, last.map(Version::value).orElse("")),
                "write the older version first");
    }

    /** {@code 1.29-1.32}, {@code 1.33} for one release line, or {@code 1.32+}. */
    public static VersionRange of(String text) {
        if (text.endsWith("+")) {
            return new VersionRange(Version.of(text.substring(0, text.length() - 1)), Optional.empty());
        }
        String[] ends = text.split("-", 2);
        return new VersionRange(Version.of(ends[0]), Optional.of(Version.of(ends[ends.length - 1])));
    }

    public boolean contains(Version version) {
        return version.isAtLeast(first)
                && last.map(end -> end.isAtLeast(end.isLine() ? version.line() : version))
                        .orElse(true);
    }

    /** The versions that both ranges admit; empty where there are none. */
    public Optional<VersionRange> and(VersionRange other) {
        Version from = first.isAtLeast(other.first) ? first : other.first;
        Optional<Version> to = last.isEmpty()
                ? other.last
                : other.last.filter(end -> last.get().isAtLeast(end)).or(() -> last);
        return to.filter(end -> !end.isAtLeast(from)).isPresent()
                ? Optional.empty()
                : Optional.of(new VersionRange(from, to));
    }

    /** As an error says it: {@code 1.29 to 1.32}. */
    @Override
    public String toString() {
        return last.map(end -> end.equals(first) ? first.value() : "%s to %s".formatted(first, end))
                .orElseGet(() -> "%s and later".formatted(first));
    }
}
