package io.meshwright.value.pod;

import io.meshwright.value.Bounds;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Name;
import io.meshwright.value.Sample;

/**
 * The name of a ConfigMap or Secret, as a DNS subdomain (RFC 1123): unlike a {@link Name} with dots, and up to 253
 * characters long.
 */
@Doc("Name: lower-case letters, digits, dashes and dots, at most 253 characters.")
@Sample("settings")
public record ObjectName(
        @Matches(
                regex = ObjectName.REGEX,
                max = 253,
                says = "a name of lower-case letters, digits, dashes and dots such as web.settings")
        String value)
        implements Comparable<ObjectName> {
    /** Labels with dots between; whoever uses it bounds its length. */
    public static final String REGEX = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*";

    public ObjectName {
        Bounds.check(ObjectName.class, value);
    }

    public static ObjectName of(String value) {
        return new ObjectName(value);
    }

    /** The same name as one that a label may have. */
    public static ObjectName of(Name name) {
        return new ObjectName(name.toString());
    }

    /** Itself with dashes for dots, as a volume of a pod may be called. */
    public String dashed() {
        return value.replace('.', '-');
    }

    @Override
    public int compareTo(ObjectName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
