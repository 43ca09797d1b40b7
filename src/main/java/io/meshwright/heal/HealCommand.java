package io.meshwright.heal;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Port;
import io.meshwright.value.Url;
import io.meshwright.web.BoundedClient;
import io.meshwright.web.Token;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Takes one kind of reversible action when Alertmanager asks for it. */
@Command(
        name = "heal",
        description =
                "Take one kind of reversible action (abort a release, evict one pod, move an autoscaler's minimum)"
                        + " when an alert asks for it and nothing speaks against it; runs in the cluster until it is"
                        + " ended.")
public final class HealCommand implements Callable<Integer> {
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--plan",
            paramLabel = "FILE",
            required = true,
            description = "What may be done, on what, because of which alerts; JSON.")
    private Path plan;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            required = true,
            description = "The bearer token that Alertmanager must show.")
    private Path token;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description =
                    "Its certificate, where no proxy of a mesh ends mutual TLS before it; with --key and --clients.")
    private @Nullable Path certificate;

    @Option(names = "--key", paramLabel = "FILE", description = "The key of --certificate, as PKCS #8.")
    private @Nullable Path key;

    @Option(names = "--clients", paramLabel = "FILE", description = "Who signs Alertmanager's certificate.")
    private @Nullable Path clients;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "8080", description = "Where alerts arrive.")
    private int port;

    @Option(
            names = "--api",
            paramLabel = "URL",
            defaultValue = "https://kubernetes.default.svc",
            description = "The API server (default: ${DEFAULT-VALUE}).")
    private String api;

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            defaultValue = ACCOUNT + "ca.crt",
            description = "Who signed the API server's certificate (default: the pod's own).")
    private Path authority;

    @Option(
            names = "--account-token",
            paramLabel = "FILE",
            defaultValue = ACCOUNT + "token",
            description = "The token of the service account (default: the pod's own).")
    private Path account;

    private final String holder;

    /** @param holder name of the pod, by which others see who takes an action */
    public HealCommand(String holder) {
        this.holder = holder;
    }

    @Override
    public Integer call() throws IOException {
        try {
            serve();
            return 0;
        } catch (InvalidValue wrong) {
            throw new ParameterException(spec.commandLine(), wrong.getMessage());
        }
    }

    private void serve() throws IOException {
        Port.orFree("--port", port);
        HealingPlan read = HealingPlan.of(plan);
        Token shown = Token.of(token);
        Healer healer = new Healer(
                read, holder, cluster(), outside(read.prometheus()), outside(read.alertmanager()), Clock.systemUTC());
        try (HealServer server = HealServer.start(
                new InetSocketAddress(port),
                tls(),
                healer,
                read.caller(),
                shown,
                line -> spec.commandLine().getOut().println(line))) {
            spec.commandLine()
                    .getOut()
                    .println("%s%s of %d targets, on port %d"
                            .formatted(
                                    read.dryRun() ? "trials of " : "",
                                    read.action(),
                                    read.targets().size(),
                                    server.port()));
            spec.commandLine().getOut().flush();
            // The kubelet starts it anew, with the certificate that was renewed.
            new TlsFiles(Stream.of(certificate, key, clients)
                            .flatMap(Stream::ofNullable)
                            .toList())
                    .awaitChange();
            spec.commandLine().getOut().println("its certificate was renewed: it ends, to begin anew with it");
            spec.commandLine().getOut().flush();
        } catch (BindException taken) {
            throw new InvalidValue("--port", "%d cannot be had".formatted(port), "name another");
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<SSLContext> tls() {
        if (certificate != null && key != null && clients != null) {
            return Optional.of(MutualTls.of(certificate, key, clients));
        }
        if (certificate != null || key != null || clients != null) {
            throw new InvalidValue(
                    "--certificate", "goes with --key and --clients", "give all three, or none behind a mesh's proxy");
        }
        return Optional.empty();
    }

    /** The account's token goes to nobody who is not the API server: over TLS, or to this machine. */
    private Api cluster() throws IOException {
        URI address = URI.create(Url.of(api).toString());
        boolean secure = "https".equals(address.getScheme());
        if (!secure && !isLoopback(address.getHost())) {
            throw new InvalidValue("--api", "\"%s\" would get the token in plain text".formatted(api), "use https");
        }
        BoundedClient client =
                secure ? BoundedClient.trusting(TrustedBy.file(authority), PATIENCE) : new BoundedClient(PATIENCE);
        return new Api(api, client, Optional.of(account));
    }

    private static boolean isLoopback(@Nullable String host) throws IOException {
        return host != null && InetAddress.getByName(host).isLoopbackAddress();
    }

    private static Api outside(String address) {
        return new Api(address, new BoundedClient(PATIENCE), Optional.empty());
    }
}
