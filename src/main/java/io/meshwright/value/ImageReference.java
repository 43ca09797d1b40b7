package io.meshwright.value;

import java.util.Optional;

/**
 * A container image by registry, repository and tag, with or without digest: what a node pulls today, it pulls
 * tomorrow.
 */
@Doc("Image with registry and tag such as docker.io/library/nginx:1.29.1; a digest may follow: @sha256:…")
@Sample("docker.io/library/nginx:1.29.1")
public record ImageReference(
        @Matches(
                regex =
                        "[a-z0-9][-a-z0-9.]*(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)+(:[A-Za-z0-9_][-A-Za-z0-9_.]{0,127})?"
                                + "(@sha256:[0-9a-f]{64})?",
                max = 512,
                says = "an image such as docker.io/library/nginx:1.29.1")
        String value)
        implements Comparable<ImageReference> {
    public ImageReference {
        Bounds.check(ImageReference.class, value);
        String registry = value.substring(0, value.indexOf('/'));
        Require.that(
                registry.matches(".*[.:].*|localhost"),
                "",
                "%s names no registry".formatted(Plain.quoted(value)),
                "put one in front, such as docker.io/library/nginx:1.29.1");
        String tag = tag(value);
        Require.that(!tag.isEmpty(), "", "%s has no tag".formatted(Plain.quoted(value)), "add the version's tag");
        Require.that(
                !tag.equals("latest"),
                "",
                "%s moves with every release".formatted(Plain.quoted(value)),
                "give the version's tag instead of latest");
    }

    public static ImageReference of(String value) {
        return new ImageReference(value);
    }

    /** Registry and path, without tag and digest. */
    public String repository() {
        String named = named(value);
        return named.substring(0, named.lastIndexOf(':'));
    }

    public String tag() {
        return tag(value);
    }

    /** {@code sha256:…} where the reference is held to its bytes. */
    public Optional<String> digest() {
        int at = value.indexOf('@');
        return at < 0 ? Optional.empty() : Optional.of(value.substring(at + 1));
    }

    private static String named(String text) {
        int at = text.indexOf('@');
        return at < 0 ? text : text.substring(0, at);
    }

    private static String tag(String text) {
        String last = named(text).substring(named(text).lastIndexOf('/') + 1);
        int colon = last.indexOf(':');
        return colon < 0 ? "" : last.substring(colon + 1);
    }

    @Override
    public int compareTo(ImageReference other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
