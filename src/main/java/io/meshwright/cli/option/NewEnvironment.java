package io.meshwright.cli.option;

import io.meshwright.draft.CopiedEnvironment;
import io.meshwright.draft.EnvironmentDraft;
import io.meshwright.draft.PublicHosts;
import io.meshwright.environment.Delivery;
import io.meshwright.environment.Environment;
import io.meshwright.platform.Distribution;
import io.meshwright.platform.release.Compatibility;
import io.meshwright.value.Host;
import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.IpAddress;
import io.meshwright.value.Name;
import io.meshwright.value.Url;
import io.meshwright.value.Version;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Answers about a new environment, by a command line or by a person who is asked. */
public final class NewEnvironment {
    private static final List<String> PLATFORMS = List.of("azure", "eks", "gke", "kind", "metallb", "onPremises");

    @Option(
            names = "--platform",
            paramLabel = "azure|eks|gke|kind|metallb|onPremises",
            description = "What the cluster stands on.")
    private @Nullable String platform;

    @Option(
            names = "--distribution",
            paramLabel = "k3s|microk8s|openshift|talos|other",
            description = "What Kubernetes its nodes run, where that differs from upstream (default: other).")
    private @Nullable String distribution;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "The host of the services; with --from OLD=NEW, for a host or for all below it; may be given"
                    + " again.")
    private List<String> hosts = new ArrayList<>();

    @Option(names = "--istio", paramLabel = "LINE", description = "Istio's line or release (default: the newest line).")
    private @Nullable String istio;

    @Option(
            names = "--kubernetes",
            paramLabel = "VERSION",
            description = "Kubernetes' version (default: the newest on which this Istio and all else run).")
    private @Nullable String kubernetes;

    @Option(
            names = "--service",
            paramLabel = "NAME=IMAGE",
            description = "A service and its image; the first has the host's root; may be given again.")
    private List<String> services = new ArrayList<>();

    @Option(names = "--repository", paramLabel = "URL", description = "The Git repository that holds dist/.")
    private @Nullable String repository;

    @Option(
            names = "--delivery",
            paramLabel = "argocd|flux|none",
            description = "Who brings dist/ to the cluster; none: a person or a pipeline (default: argocd).")
    private @Nullable String delivery;

    @Option(
            names = "--address",
            paramLabel = "IP",
            description = "The gateway's address; needed with azure and metallb.")
    private @Nullable String address;

    @Option(
            names = "--resource-group",
            paramLabel = "GROUP",
            description = "Azure's resource group of the public address; needed with azure.")
    private @Nullable String resourceGroup;

    @Option(
            names = "--cluster-name",
            paramLabel = "NAME",
            description = "With --from: the cluster's name, where the file has one (default: the environment's).")
    private @Nullable String cluster;

    /**
     * A file from nothing.
     *
     * @throws InvalidValue at an option that is missing or wrong
     */
    public EnvironmentDraft draft(Name name, Questions questions) throws IOException {
        String newest = Compatibility.lines().get(0).toString();
        String ground =
                questions.require("--platform", platform, "platform: azure, eks, gke, kind, metallb or onPremises");
        if (!ground.isEmpty() && !PLATFORMS.contains(ground)) {
            throw new InvalidValue(
                    "--platform",
                    "\"%s\" is unknown".formatted(ground),
                    "use one of %s".formatted(String.join(", ", PLATFORMS)));
        }
        String ip = List.of("azure", "metallb").contains(ground)
                ? questions.require("--address", address, "address of the gateway")
                : address == null ? "" : address;
        String group = ground.equals("azure")
                ? questions.require("--resource-group", resourceGroup, "resource group of its public address")
                : "";
        String host = questions.require("--host", hosts.isEmpty() ? null : hosts.get(0), "host of the services");
        String line = questions.ask("--istio", istio, "Istio", newest).orElse(newest);
        String git = questions.require("--repository", repository, "address of the Git repository");
        String given = services.isEmpty() ? null : String.join(" ", services);
        String images = questions
                .ask("--service", given, "services as NAME=IMAGE, with spaces between", "")
                .orElse("");
        refuse(questions.missing());
        if (hosts.size() > 1) {
            throw new InvalidValue(
                    "--host", "is given %d times".formatted(hosts.size()), "give one, and others in the file");
        }
        Version release = of("--istio", line, Version::of);
        Version runs = of("--istio", line, each -> EnvironmentDraft.newestKubernetes(release));
        return new EnvironmentDraft(
                name,
                new EnvironmentDraft.Ground(
                        ground,
                        distribution == null ? Distribution.OTHER : distribution(distribution),
                        ip.isEmpty() ? null : of("--address", ip, IpAddress::of),
                        group.isEmpty() ? null : group),
                of("--host", host, Host::of),
                release,
                kubernetes == null ? runs : chosen(kubernetes, release),
                images(images),
                of("--repository", git, Url::of),
                delivery == null ? Delivery.Type.ARGOCD : deliverer(delivery));
    }

    private static Distribution distribution(String word) {
        return Stream.of(Distribution.values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidValue(
                        "--distribution",
                        "\"%s\" is unknown".formatted(word),
                        "use one of %s"
                                .formatted(Stream.of(Distribution.values())
                                        .map(Distribution::word)
                                        .collect(Collectors.joining(", ")))));
    }

    private static Delivery.Type deliverer(String word) {
        return Stream.of(Delivery.Type.values())
                .filter(type -> type.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new InvalidValue(
                        "--delivery", "\"%s\" is unknown".formatted(word), "use one of argocd, flux, none"));
    }

    private static Version chosen(String kubernetes, Version istio) {
        Version version = of("--kubernetes", kubernetes, Version::of);
        try {
            Compatibility.resolve(version, Compatibility.patched(istio));
            return version;
        } catch (InvalidValue wrong) {
            throw new InvalidValue(
                    "--kubernetes",
                    "\"%s\" does not go with Istio \"%s\"".formatted(version, istio),
                    "leave it out, or take another --istio");
        }
    }

    /**
     * Returns the names of a copy.
     *
     * @throws InvalidValue at an option that is missing or wrong
     */
    public CopiedEnvironment.Names names(String from, Name to, Environment old, Questions questions)
            throws IOException {
        Map<String, String> domains = domains(old, questions);
        IpAddress oldAddress = old.gateway().address();
        String ip = oldAddress == null
                ? null
                : questions.require("--address", address, "address of the gateway, which was " + oldAddress);
        refuse(questions.missing());
        if (ip != null && of("--address", ip, IpAddress::of).equals(oldAddress)) {
            throw new InvalidValue(
                    "--address", "\"%s\" is that of %s".formatted(ip, from), "give the new gateway its own");
        }
        return new CopiedEnvironment.Names(
                from,
                to.toString(),
                cluster == null
                        ? to.toString()
                        : of("--cluster-name", cluster, Name::of).toString(),
                domains,
                oldAddress == null ? null : oldAddress.toString(),
                ip);
    }

    private Map<String, String> domains(Environment old, Questions questions) throws IOException {
        Map<String, String> domains = new LinkedHashMap<>();
        for (String pair : hosts) {
            String[] both = pair.split("=", 2);
            if (both.length != 2) {
                throw new InvalidValue("--host", "\"%s\" is no pair".formatted(pair), "write OLD=NEW beside --from");
            }
            domains.put(
                    of("--host", both[0], Host::of).toString(),
                    of("--host", both[1], Host::of).toString());
        }
        List<Host> open = PublicHosts.of(old).stream()
                .filter(host -> domains.keySet().stream().noneMatch(domain -> isBelow(host, domain)))
                .toList();
        if (open.isEmpty()) {
            return domains;
        }
        String domain = shared(open);
        String all = open.stream().map(Host::toString).collect(Collectors.joining(", "));
        String answer = questions.require(
                "--host %s=NEW (for %s)".formatted(domain, all),
                null,
                "what %s becomes (for %s)".formatted(domain, all));
        if (!answer.isEmpty()) {
            domains.put(domain, of("--host", answer, Host::of).toString());
        }
        return domains;
    }

    private static boolean isBelow(Host host, String domain) {
        return host.toString().equals(domain) || host.toString().endsWith(".".concat(domain));
    }

    /** The domain that all are in, of two words at least; else the first host. */
    private static String shared(List<Host> hosts) {
        String domain = hosts.get(0).toString().replaceFirst("^\\*\\.", "");
        while (domain.indexOf('.') > 0) {
            String tried = domain;
            if (hosts.stream().allMatch(host -> isBelow(host, tried))) {
                return tried;
            }
            domain = domain.substring(domain.indexOf('.') + 1);
        }
        return hosts.get(0).toString().replaceFirst("^\\*\\.", "");
    }

    private static Map<Name, ImageReference> images(String words) {
        Map<Name, ImageReference> images = new LinkedHashMap<>();
        for (String word : words.isBlank() ? new String[0] : words.strip().split("[\\s,]+")) {
            String[] both = word.split("=", 2);
            if (both.length != 2) {
                throw new InvalidValue(
                        "--service",
                        "\"%s\" is no name and image".formatted(word),
                        "write NAME=IMAGE, such as web=docker.io/library/nginx:1.29.1");
            }
            images.put(of("--service", both[0], Name::of), of("--service", both[1], ImageReference::of));
        }
        return images;
    }

    private static void refuse(List<String> missing) {
        if (!missing.isEmpty()) {
            throw new InvalidValue(
                    String.join(", ", missing),
                    missing.size() == 1 ? "is not given" : "are not given",
                    "give %s, or answer on a terminal".formatted(missing.size() == 1 ? "it" : "them"));
        }
    }

    private static <T> T of(String option, String text, Function<String, T> value) {
        try {
            return value.apply(text);
        } catch (InvalidValue wrong) {
            throw wrong.under(option);
        }
    }
}
