package io.meshwright.stack;

import io.meshwright.construct.observability.MonitoringPage;
import io.meshwright.construct.observability.alerts.AlertCatalogue;
import io.meshwright.environment.Delivery;
import io.meshwright.environment.Edge;
import io.meshwright.environment.Environment;
import io.meshwright.environment.Gateway.HostPolicy;
import io.meshwright.environment.GatewayEntry;
import io.meshwright.environment.HostSettings;
import io.meshwright.environment.Observability;
import io.meshwright.environment.Parties;
import io.meshwright.environment.aiops.Healing;
import io.meshwright.page.PosturePage;
import io.meshwright.stack.delivery.Wording;
import io.meshwright.stack.monitoring.MonitoringSettings;
import io.meshwright.value.Cidr;
import io.meshwright.value.Host;
import io.meshwright.value.IpAddress;
import io.meshwright.value.SecretRef;
import io.meshwright.value.edge.Authorizer;
import io.meshwright.value.edge.ExternalAuthorization;
import io.meshwright.value.gateway.Listener;
import io.meshwright.value.healing.HealingNames;
import io.meshwright.value.security.AddressSet;
import io.meshwright.value.security.Admission;
import io.meshwright.value.security.Enforcement;
import io.meshwright.value.security.Jwt;
import io.meshwright.value.security.MtlsPlan;
import io.meshwright.value.security.Party;
import io.meshwright.value.security.PathPattern;
import io.meshwright.value.security.Posture;
import io.meshwright.value.security.Posture.Asked;
import io.meshwright.value.security.Posture.Exposed;
import io.meshwright.value.security.Posture.Inside;
import io.meshwright.value.security.Posture.Restricted;
import io.meshwright.value.telemetry.MonitoringParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Pages about one environment for people: how it is protected, and what to do when an alert is raised. */
public final class EnvironmentPages {
    private final Environment environment;
    private final Parties parties;

    private EnvironmentPages(Environment environment) {
        this.environment = environment;
        this.parties = new Parties(environment);
    }

    /** Texts in Markdown, by their path below {@code docs/}. */
    public static SortedMap<String, String> of(Environment environment) {
        String name = environment.metadata().name().toString();
        SortedMap<String, String> pages = new TreeMap<>();
        pages.put("posture/%s.md".formatted(name), PosturePage.of(new EnvironmentPages(environment).posture()));
        MonitoringParts parts = environment.observability().parts();
        if (!parts.areNone()) {
            pages.put(
                    "monitoring/%s.md".formatted(name),
                    MonitoringPage.of(
                            new Monitoring(environment).props(new Parties(environment).gateway()), made(environment)));
        }
        if (parts.hasMetrics()) {
            AlertCatalogue.of(new MonitoringSettings(environment).settings())
                    .runbooks()
                    .forEach((file, text) -> pages.put(
                            "runbooks/%s/%s".formatted(name, file),
                            Wording.of(environment.delivery().type(), text)));
        }
        return pages;
    }

    /** Secrets that a store or a team's own sealed ones give, by {@code namespace/name}. */
    private static Set<String> made(Environment environment) {
        Set<String> made = new TreeSet<>(environment.secrets().synced().keySet());
        environment.manifests().stream()
                .flatMap(folder -> folder.path().objects().stream())
                .filter(object -> object.groupKind().equals("bitnami.com/SealedSecret"))
                .forEach(object -> made.add("%s/%s".formatted(object.metadata("namespace"), object.metadata("name"))));
        return made;
    }

    /** Keys of the Secrets that monitoring reads as a whole and Argo CD's chart reads, by {@code namespace/name}. */
    public static SortedMap<String, SortedSet<String>> secretKeys(Environment environment) {
        SortedMap<String, SortedSet<String>> keys = new TreeMap<>(
                MonitoringPage.secretKeys(new Monitoring(environment).props(new Parties(environment).gateway())));
        Delivery.Notifications notifications = environment.delivery().notifications();
        if (notifications != null && environment.delivery().isByArgoCd()) {
            SecretRef token = notifications.slackToken();
            keys.computeIfAbsent("argocd/%s".formatted(token.name()), none -> new TreeSet<>())
                    .add(token.key().orElseThrow());
        }
        healing(environment)
                .forEach(secret -> keys.computeIfAbsent(secret, none -> new TreeSet<>())
                        .addAll(List.of("ca.crt", "tls.crt", "tls.key")));
        return keys;
    }

    /** Both sides' certificates of self-healing, of which pods read whole Secrets. */
    private static List<String> healing(Environment environment) {
        Healing healing =
                environment.aiOps() == null ? null : environment.aiOps().healing();
        if (healing == null) {
            return List.of();
        }
        List<String> secrets = new ArrayList<>();
        secrets.add("%s/%s".formatted(environment.observability().namespace(), HealingNames.CLIENT));
        healing.asked()
                .forEach(asked -> secrets.add(
                        "%s/%s".formatted(HealingNames.NAMESPACE, asked.action().certificate())));
        return secrets;
    }

    private Posture posture() {
        PostureHops connections = new PostureHops(environment, parties);
        return new Posture(
                environment.metadata().name().toString(),
                exposed(),
                inside(),
                connections.matrix(),
                connections.platform(),
                parties.mtls().exemptions(),
                admissions(),
                environment.externals().entrySet().stream()
                        .map(entry ->
                                new Posture.Outbound(entry.getKey(), entry.getValue(), parties.usersOf(entry.getKey())))
                        .toList());
    }

    private List<Admission> admissions() {
        MtlsPlan plan = parties.mtls();
        List<Admission> admissions = new ArrayList<>();
        environment
                .services()
                .forEach((name, service) -> service.allowFrom().forEach(caller -> {
                    Party client = parties.caller(caller);
                    Enforcement enforcement = environment.enforcementOf(service);
                    admissions.add(Admission.of(plan, parties.service(name), client, caller, enforcement));
                }));
        return admissions;
    }

    private List<Exposed> exposed() {
        List<Exposed> exposed = new ArrayList<>();
        for (GatewayEntry entry : environment.gatewayEntries()) {
            for (Host host : hosts(entry)) {
                for (Listener listener : entry.gateway().listeners()) {
                    if (listener.isHttp() && listener.serves(host)) {
                        exposed.add(new Exposed(
                                host,
                                words(entry, listener),
                                restricted(entry, host),
                                tokens(entry, host),
                                asked(entry, host)));
                    }
                }
            }
            passedOn(entry).forEach(exposed::add);
        }
        return exposed;
    }

    /** Connections that no gateway reads: they have no limits by host, path or token. */
    private Stream<Exposed> passedOn(GatewayEntry entry) {
        return environment.services().values().stream()
                .flatMap(service -> service.connections().stream())
                .filter(route -> route.isAt(entry.name()))
                .flatMap(route -> entry.gateway().bringing(route).stream()
                        .map(listener -> new Exposed(
                                route.served(), words(entry, listener), List.of(), List.of(), Optional.empty())));
    }

    /** Behind an edge that reports its visitors, nobody from there opens a host that admits private addresses alone. */
    private List<Inside> inside() {
        return environment.gatewayEntries().stream()
                .filter(entry -> entry.edge().trustedProxies() > 0)
                .flatMap(this::inside)
                .toList();
    }

    private Stream<Inside> inside(GatewayEntry entry) {
        Edge edge = entry.edge();
        Optional<IpAddress> direct = edge.closeOrigin()
                ? Optional.empty()
                : Optional.ofNullable(entry.gateway().address());
        return hosts(entry).stream()
                .flatMap(host -> restricted(entry, host).stream()
                        .filter(restricted -> restricted.paths().isEmpty()
                                && AddressSet.blocks(restricted.from()).stream().allMatch(Cidr::isPrivate))
                        .limit(1)
                        .map(restricted -> new Inside(host, restricted.from(), edge.words(), direct)));
    }

    private TreeSet<Host> hosts(GatewayEntry entry) {
        var hosts = new TreeSet<Host>();
        if (entry.isFirst()) {
            hosts.addAll(HostSettings.ofTools(environment));
        }
        environment.services().forEach((name, service) -> hosts.addAll(service.hostsAt(entry.name(), name)));
        return hosts;
    }

    private static String words(GatewayEntry entry, Listener listener) {
        return entry.isFirst() ? words(listener) : "%s at %s".formatted(words(listener), entry.name());
    }

    private static String words(Listener listener) {
        return listener.tls() == null
                ? "%s %s".formatted(listener.port(), listener.protocol())
                : "%s %s (%s)"
                        .formatted(
                                listener.port(),
                                listener.protocol(),
                                listener.tls().mode());
    }

    private List<Jwt> tokens(GatewayEntry entry, Host host) {
        HostPolicy policy = entry.gateway().hosts().get(host);
        Jwt own = policy == null ? null : policy.jwt();
        return Stream.of(access(entry, host).jwt(), own)
                .filter(jwt -> jwt != null && jwt.enabled())
                .toList();
    }

    private Optional<Asked> asked(GatewayEntry entry, Host host) {
        return Optional.ofNullable(entry.gateway().hosts().get(host))
                .map(HostPolicy::externalAuthorization)
                .map(asking ->
                        new Asked(asking.authorizer(), asking.protectedPaths(), asking.publicPaths(), passing(asking)));
    }

    private Optional<String> passing(ExternalAuthorization asking) {
        return Optional.ofNullable(environment.istio().authorizers().get(asking.authorizer()))
                .map(Authorizer::reason);
    }

    /** The limits of who may open the host, if it is one of a tool; none for any other. */
    private Observability.Access access(GatewayEntry entry, Host host) {
        if (!entry.isFirst()) {
            return new Observability.Access(null, null);
        }
        if (host.equals(environment.delivery().host())) {
            return environment.accessToDelivery();
        }
        return ToolRoutes.hosts(environment.observability()).contains(host)
                ? environment.observability().access()
                : new Observability.Access(null, null);
    }

    private List<Restricted> restricted(GatewayEntry entry, Host host) {
        if (!access(entry, host).from().isEmpty()) {
            return List.of(new Restricted(List.of(), access(entry, host).from()));
        }
        HostPolicy policy = entry.gateway().hosts().get(host);
        return policy == null
                ? List.of()
                : policy.restrict().stream()
                        .map(restriction -> new Restricted(
                                restriction.prefix().equals("/")
                                        ? List.of()
                                        : List.of(PathPattern.of(restriction.prefix() + "/*")),
                                restriction.from()))
                        .toList();
    }
}
