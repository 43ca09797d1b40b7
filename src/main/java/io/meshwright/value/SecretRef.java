package io.meshwright.value;

import java.util.Optional;

/** The name of a Secret that exists in the cluster, with or without one of its keys; never the secret itself. */
@Doc("Name of an existing Secret, or name/key: grafana-admin, grafana-admin/password.")
@Sample("database/password")
public record SecretRef(
        @Matches(
                regex = "[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*(/[-._a-zA-Z0-9]{1,253})?",
                max = 507,
                says = "a Secret's name or name/key such as grafana-admin/password")
        String value)
        implements Comparable<SecretRef> {
    private static final int LONGEST_NAME = 253; // RFC 1123 subdomain, as Kubernetes names Secrets

    public SecretRef {
        Bounds.check(SecretRef.class, value);
        Require.that(
                value.split("/")[0].length() <= LONGEST_NAME,
                "",
                "the Secret's name is too long",
                "give at most 253 characters");
    }

    public static SecretRef of(String value) {
        return new SecretRef(value);
    }

    public String name() {
        return value.split("/")[0];
    }

    public Optional<String> key() {
        int slash = value.indexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(value.substring(slash + 1));
    }

    /**
     * The same, where it names a key.
     *
     * @throws InvalidValue at {@code at} where it names a Secret alone
     */
    public SecretRef keyed(String at) {
        Require.that(key().isPresent(), at, "\"%s\" names no key".formatted(this), "write secret/key");
        return this;
    }

    @Override
    public int compareTo(SecretRef other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
