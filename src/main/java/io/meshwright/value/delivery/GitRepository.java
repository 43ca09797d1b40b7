package io.meshwright.value.delivery;

import io.meshwright.value.Bounds;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import io.meshwright.value.Sample;
import io.meshwright.value.Url;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a Git repository: by HTTPS, or by SSH with a user and a path or as an address of its own. */
@Doc("Address of a Git repository: https://host/path, git@host:path or ssh://git@host:port/path.")
@Sample("https://git.example.org/platform.git")
public record GitRepository(
        @Matches(
                regex =
                        "(https?|ssh)://[^\\s\"<>\\\\^`{|}]+|[a-z_][-a-z0-9_]*@[A-Za-z0-9][-.A-Za-z0-9]*:[^\\s\"<>\\\\^`{|}]+",
                max = 2048,
                says = "an address such as https://git.example.org/platform.git or git@git.example.org:platform.git")
        String value)
        implements Comparable<GitRepository> {
    private static final Pattern SHORT = Pattern.compile("[a-z_][-a-z0-9_]*@([A-Za-z0-9][-.A-Za-z0-9]*):(.+)");
    private static final Pattern LONG =
            Pattern.compile("ssh://[a-z_][-a-z0-9_]*@([A-Za-z0-9][-.A-Za-z0-9]*)(?::([1-9][0-9]{0,4}))?/(.+)");

    public GitRepository {
        Bounds.check(GitRepository.class, value);
        if (value.startsWith("http")) {
            Url.of(value);
        } else {
            Matcher ssh = matcher(value);
            boolean matches = ssh.matches();
            Require.that(
                    matches,
                    "",
                    "%s is no address of a repository by SSH".formatted(Plain.quoted(value)),
                    "write git@host:path, or ssh://git@host:port/path, without a password");
            Require.that(
                    ssh.groupCount() < 3 || ssh.group(2) == null || Integer.parseInt(ssh.group(2)) <= 65535,
                    "",
                    "%s names no port".formatted(Plain.quoted(value)),
                    "give one from 1 to 65535");
        }
    }

    public static GitRepository of(String value) {
        return new GitRepository(value);
    }

    /** True if it is read by SSH, with a key of its own. */
    public boolean isSsh() {
        return !value.startsWith("http");
    }

    public String host() {
        if (!isSsh()) {
            return Url.of(value).host();
        }
        Matcher ssh = matcher(value);
        return ssh.matches() ? ssh.group(1) : value;
    }

    /** The pages of the repository for people, as its host shows them. */
    public Url pages() {
        String address = value;
        if (isSsh()) {
            Matcher ssh = matcher(value);
            address = ssh.matches()
                    ? "https://%s/%s"
                            .formatted(ssh.group(1), ssh.group(ssh.groupCount()).replaceFirst("^/", ""))
                    : value;
        }
        return Url.of(address.replaceFirst("\\.git$", ""));
    }

    private static Matcher matcher(String value) {
        return (value.startsWith("ssh:") ? LONG : SHORT).matcher(value);
    }

    @Override
    public int compareTo(GitRepository other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
