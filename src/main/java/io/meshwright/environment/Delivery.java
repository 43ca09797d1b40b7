package io.meshwright.environment;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Host;
import io.meshwright.value.Require;
import io.meshwright.value.Required;
import io.meshwright.value.Sample;
import io.meshwright.value.SecretRef;
import io.meshwright.value.Word;
import io.meshwright.value.delivery.GitPlace;
import io.meshwright.value.delivery.GitRepository;
import io.meshwright.value.delivery.KnownHosts;
import io.meshwright.value.pod.ObjectName;
import io.meshwright.value.security.AddressSet;
import io.meshwright.value.security.Jwt;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The place in git at which what was synthesized is found, and who brings it from there to the cluster. */
@Doc("Who brings what was synthesized to the cluster, and from where.")
public record Delivery(
        @Defaulted
        @Doc(
                "argocd; flux, which is installed already; or none: a person or a pipeline runs docs/delivery; default argocd.")
        Type type,

        @Required @Doc("Git repository that holds dist/: https://…, git@host:path or ssh://git@host:port/path.")
        GitRepository repository,

        @Defaulted @Doc("Branch, tag or commit; of flux a tag is refs/tags/NAME; default main.")
        String revision,

        @Nullable @Doc("Folder of this environment; default dist/<name>.")
        String path,

        @Nullable @Doc("Host of Argo CD's own pages on the gateway; default: not exposed.")
        Host host,

        @Nullable @Doc("Who reaches these pages; default: whoever reaches the monitoring tools (observability.access).")
        Access access,

        @Nullable
        @Doc(
                "Secret in flux-system by which Flux reads the repository; default: repository-<name> by SSH, none by HTTPS.")
        ObjectName secret,

        @Nullable @Doc("Where failed syncs are told; default nowhere.")
        Notifications notifications,

        @Defaulted
        @Doc("Lines of known_hosts for a repository by SSH; default: those of GitHub, GitLab, Bitbucket and Azure"
                + " DevOps, which Argo CD knows.")
        @Sample("[git.example.org ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJbVG5sYzJmZ2hpamtsbW5vcHFyc3R1dnd4eXoxMjM0]")
        List<String> knownHosts,

        @Nullable @Doc("Other clusters that this Argo CD delivers to; default none.")
        Fleet fleet) {
    public Delivery {
        type = type == null ? Type.ARGOCD : type;
        Require.present("repository", repository);
        revision = revision == null ? "main" : GitPlace.revision("revision", revision);
        path = path == null ? null : GitPlace.folder("path", path);
        knownHosts = KnownHosts.of(repository, knownHosts, type == Type.ARGOCD);
        Require.that(
                access == null || host != null,
                "access",
                "decides about pages that are not exposed",
                "give host, or remove access");
    }

    /** The program that brings an environment to its cluster. */
    public enum Type {
        @Word("argocd")
        ARGOCD,
        @Word("flux")
        FLUX,
        @Word("none")
        NONE;

        /** The word in the file. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public boolean isByArgoCd() {
        return type == Type.ARGOCD;
    }

    public boolean isByFlux() {
        return type == Type.FLUX;
    }

    /** The Secret by which Flux reads the repository; empty where it needs none. */
    public Optional<ObjectName> secretOf(Metadata metadata) {
        return Optional.ofNullable(secret)
                .or(() -> repository.isSsh()
                        ? Optional.of(ObjectName.of("repository-%s".formatted(metadata.name())))
                        : Optional.empty());
    }

    /** The folder of an environment. */
    public String pathOf(Metadata metadata) {
        return path == null ? "dist/%s".formatted(metadata.name()) : path;
    }

    /** The clients that reach Argo CD's own pages through the gateway. */
    @Doc("Who reaches Argo CD's own pages through the gateway.")
    public record Access(
            @Defaulted @Doc("true: everybody, who then meets Argo CD's own login only; default false.")
            Boolean open,

            @Defaulted @Doc("Client addresses, networks or named sets.")
            List<AddressSet> from,

            @Nullable @Doc("Tokens that the gateway asks for.")
            Jwt jwt) {
        public Access {
            open = open != null && open;
            Observability.Access limits = new Observability.Access(from, jwt);
            from = limits.from();
            Require.that(
                    !open || !limits.isRestricted(),
                    "open",
                    "\"true\" is given beside from or jwt",
                    "keep one of them");
            Require.that(
                    open || limits.isRestricted(),
                    "",
                    "keeps nobody out without saying so",
                    "list addresses in from, give jwt, or say open: true");
        }

        Observability.Access limits() {
            return open ? new Observability.Access(null, null) : new Observability.Access(from, jwt);
        }
    }

    /** Messages to a Slack channel. */
    @Doc("Messages to a Slack channel.")
    public record Notifications(
            @Required @Doc("Channel, without #.") @Sample("shop-deliveries")
            String slackChannel,

            @Required @Doc("Bot token, as secret/key in the namespace argocd; of flux, secret/token in flux-system.")
            SecretRef slackToken) {
        public Notifications {
            Require.notBlank("slackChannel", slackChannel);
            Require.present("slackToken", slackToken);
        }
    }
}
