package io.meshwright.value;

/**
 * A host that a gateway listens for or a route answers: a DNS name, {@code *.} before one, or {@code *} for every host.
 */
@Doc("DNS name such as blog.example.org, *.example.org for every name below it, or \"*\" for every host.")
@Sample("shop.example.org")
public record Host(
        @Matches(
                regex = "\\*|(\\*\\.)?([a-z0-9]([-a-z0-9]*[a-z0-9])?\\.)*[a-z]([-a-z0-9]*[a-z0-9])?",
                max = 253,
                says = "a lower-case DNS name such as blog.example.org, *.example.org or \"*\"")
        String value)
        implements Comparable<Host> {
    private static final String ANY = "*";
    private static final int LONGEST_LABEL = 63; // RFC 1035, 2.3.4

    public Host {
        Bounds.check(Host.class, value);
        for (String label : value.split("\\.")) {
            if (label.length() > LONGEST_LABEL) {
                throw new InvalidValue(
                        "",
                        "label %s is %d characters long".formatted(Plain.quoted(label), label.length()),
                        "give labels of at most 63");
            }
        }
    }

    public static Host of(String value) {
        return new Host(value);
    }

    public boolean isWildcard() {
        return value.startsWith(ANY);
    }

    /**
     * True if every host that {@code other} means is also meant by this one, as Istio matches hosts to a Gateway's
     * server.
     */
    public boolean covers(Host other) {
        if (value.equals(ANY) || equals(other)) {
            return true;
        }
        return isWildcard() && !other.value.equals(ANY) && other.value.endsWith(value.substring(1));
    }

    /** This host as the name of an object or part of one: {@code *.example.org} is {@code any-example-org}. */
    public String dashed() {
        return value.replace("*", "any").replace('.', '-');
    }

    @Override
    public int compareTo(Host other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
