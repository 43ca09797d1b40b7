package io.meshwright.value;

import java.util.Comparator;

/** A version of two or three numbers; {@code 1.30} and {@code 1.30.0} compare as equal. */
@Doc("Version such as 1.30.5, or a quoted \"1.33\".")
public record Version(
        @Matches(
                regex = "(0|[1-9][0-9]{0,5})(\\.(0|[1-9][0-9]{0,5})){1,2}",
                says = "a version such as 1.30.5 or \"1.33\"")
        String value)
        implements Comparable<Version> {
    private static final Comparator<Version> ORDER = Comparator.comparingInt(Version::major)
            .thenComparingInt(Version::minor)
            .thenComparingInt(Version::patch);

    public Version {
        Bounds.check(Version.class, value);
    }

    public static Version of(String value) {
        return new Version(value);
    }

    public int major() {
        return part(0);
    }

    public int minor() {
        return part(1);
    }

    /** Zero where the version has two numbers. */
    public int patch() {
        return part(2);
    }

    /** The release line: {@code 1.30} of {@code 1.30.5}. */
    public Version line() {
        return new Version("%d.%d".formatted(major(), minor()));
    }

    /** True if it names a release line and no patch of it. */
    public boolean isLine() {
        return value.equals(line().value());
    }

    public boolean isAtLeast(Version other) {
        return compareTo(other) >= 0;
    }

    private int part(int index) {
        String[] parts = value.split("\\.");
        return index < parts.length ? Integer.parseInt(parts[index]) : 0;
    }

    @Override
    public int compareTo(Version other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return value;
    }
}
