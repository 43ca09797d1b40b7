package io.meshwright.value.delivery;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import io.meshwright.value.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lines of {@code known_hosts} by which the host of a repository is told from somebody who says to be it. */
public final class KnownHosts {
    /** Those of which Argo CD brings the keys [argo-cd, argocd-ssh-known-hosts-cm]. */
    private static final Set<String> BROUGHT = Set.of(
            "github.com",
            "ssh.github.com",
            "gitlab.com",
            "bitbucket.org",
            "ssh.dev.azure.com",
            "vs-ssh.visualstudio.com");

    private static final String LINE =
            "\\S+ (ssh-ed25519|ssh-rsa|ecdsa-sha2-nistp(256|384|521)|sk-ssh-ed25519@openssh\\.com)"
                    + " [A-Za-z0-9+/]{40,}={0,2}( .*)?";

    private KnownHosts() {}

    /**
     * The lines, when each is one and the repository's host is known.
     *
     * @param needed whether they are read, so that an unknown host is refused
     */
    public static List<String> of(GitRepository repository, @Nullable List<String> given, boolean needed) {
        List<String> lines = given == null ? List.of() : List.copyOf(given);
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).matches(LINE)) {
                throw new InvalidValue(
                        "knownHosts[%d]".formatted(i),
                        "%s is no line of known_hosts".formatted(Plain.quoted(lines.get(i))),
                        "write what ssh-keyscan prints, after a comparison with what the host says of itself");
            }
        }
        Require.that(
                lines.isEmpty() || repository.isSsh(),
                "knownHosts",
                "is about SSH, and the repository is read by HTTPS",
                "remove it, or write the repository as git@host:path");
        Require.that(
                !needed
                        || !repository.isSsh()
                        || BROUGHT.contains(repository.host())
                        || lines.stream().anyMatch(line -> names(line, repository.host())),
                "knownHosts",
                "is missing, and Argo CD knows no key of \"%s\"".formatted(repository.host()),
                "add the line that ssh-keyscan prints for it, after a comparison with what the host says of itself");
        return lines;
    }

    /** Names may be hidden by a checksum, and then may be any. */
    private static boolean names(String line, String host) {
        String names = line.substring(0, line.indexOf(' '));
        return names.startsWith("|1|")
                || Arrays.stream(names.split(","))
                        .map(name -> name.replaceFirst("^\\[(.+)]:\\d+$", "$1"))
                        .anyMatch(host::equals);
    }
}
