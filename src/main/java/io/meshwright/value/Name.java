package io.meshwright.value;

/** The name of a Kubernetes object, as a DNS label (RFC 1123). */
@Doc("Name: lower-case letters, digits and dashes, at most 63 characters.")
@Sample("web")
public record Name(
        @Matches(
                regex = "[a-z0-9]([-a-z0-9]*[a-z0-9])?",
                max = 63,
                says = "a name of lower-case letters, digits and dashes such as web-1")
        String value)
        implements Comparable<Name> {
    public Name {
        Bounds.check(Name.class, value);
    }

    public static Name of(String value) {
        return new Name(value);
    }

    @Override
    public int compareTo(Name other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
