package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import com.google.re2j.Pattern;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.Firewalls;
import io.meshwright.check.evidence.GatewayConnection;
import io.meshwright.check.evidence.GatewayPods;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.ManagementPort;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.policy.Call;
import io.meshwright.mesh.route.Rewrite;
import io.meshwright.mesh.terms.Attribute;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.workload.OpenService;
import io.meshwright.mesh.workload.Pod;
import io.meshwright.value.Cidr;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.ManagementPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Clients outside must not reach Spring Boot's management endpoints of an application whose probes or scrapes show that
 * it has them. Asked for is {@code env}, because {@code health} alone may be meant to be seen.
 */
@AutoService(Inspection.class)
public final class ManagementPathsRefused implements Check {
    public static final Rule MANAGEMENT_PATH_OPEN = Rule.warning("MESH315", "management_path_open")
            .title("Management endpoints of an application are open to the internet")
            .consequence(
                    "Whoever asks reads variables, metrics or the heap of the application, and may change its loggers.")
            .remedy("Answer them 403 on the first route of the host by the regex %s, or give them a port of their own."
                    .formatted(ManagementPath.regex()));

    private static final String ENDPOINT = "/env";
    private static final int PLAIN = 2;
    private static final Pattern PARAMETERS = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("//+");

    @Override
    public List<Rule> rules() {
        return List.of(MANAGEMENT_PATH_OPEN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Map<Pod, List<ManagementPort>> shown = mesh.pods().all().stream()
                .filter(pod -> !ManagementPort.of(pod).isEmpty())
                .collect(Collectors.toMap(pod -> pod, ManagementPort::of, (one, same) -> one));
        return shown.isEmpty()
                ? Stream.empty()
                : GatewayPods.of(mesh)
                        .flatMap(gateway -> facing(mesh, gateway).stream()
                                .flatMap(severity -> GatewayRoute.of(mesh, gateway).stream()
                                        .flatMap(entry -> finding(mesh, entry, shown, severity).stream())));
    }

    /** Returns how grave it is that clients of the gateway reach it; empty where nobody from the internet is one. */
    private static Optional<Severity> facing(Mesh mesh, Pod gateway) {
        List<OpenService> services = mesh.services().selecting(gateway).stream()
                .map(OpenService::new)
                .toList();
        if (services.isEmpty()) {
            return Optional.of(Severity.INFO);
        }
        return services.stream().anyMatch(service -> service.isOpen() && !service.isInternal() && !isPrivate(service))
                ? Optional.of(Severity.WARNING)
                : Optional.empty();
    }

    private static boolean isPrivate(OpenService service) {
        return !service.ranges().isEmpty() && service.ranges().stream().allMatch(ManagementPathsRefused::isPrivate);
    }

    private static boolean isPrivate(String block) {
        try {
            return Cidr.of(block).isPrivate();
        } catch (InvalidValue none) {
            return false;
        }
    }

    private static Optional<Finding> finding(
            Mesh mesh, GatewayRoute entry, Map<Pod, List<ManagementPort>> shown, Severity severity) {
        return GatewayConnection.of(mesh, entry).stream()
                .flatMap(connection -> shown.getOrDefault(connection.server(), List.of()).stream()
                        .filter(endpoints -> endpoints.port() == connection.target())
                        .flatMap(endpoints ->
                                open(mesh, connection, entry, endpoints.root().concat(ENDPOINT), severity).stream()))
                .findFirst();
    }

    private static Optional<Finding> open(
            Mesh mesh, GatewayConnection connection, GatewayRoute entry, String wanted, Severity severity) {
        List<String> forms = forms(entry, wanted);
        return forms.stream()
                .filter(path -> passes(mesh, connection, entry, path, wanted))
                .findFirst()
                .map(path -> {
                    boolean plain = forms.indexOf(path) < PLAIN;
                    return MANAGEMENT_PATH_OPEN
                            .at(
                                    entry.entry().source(),
                                    ("GET %s%s comes from outside to %s, whose probes or scrapes show management "
                                                    + "endpoints of Spring Boot%s")
                                            .formatted(
                                                    entry.host().domain(),
                                                    path,
                                                    connection.server(),
                                                    plain
                                                            ? ""
                                                            : ": the plain path is refused, but not this form, which"
                                                                    + " Tomcat reads as the same"))
                            .as(plain ? severity : Severity.INFO);
                });
    }

    /** The endpoint by its own path and below the route's prefix, and then in forms that proxies leave as they are. */
    private static List<String> forms(GatewayRoute entry, String wanted) {
        JsonNode uri = entry.entry()
                .match()
                .map(match -> match.body().path("uri"))
                .orElse(entry.route().body().path("none"));
        String prefix =
                uri.path("prefix").asText(uri.path("segments").asText("")).replaceFirst("/+$", "");
        String below = prefix.concat(wanted);
        return List.of(
                wanted,
                below,
                "/".concat(wanted),
                "/x/..;".concat(wanted),
                wanted.replace("/actuator", "/actuator;a=b"),
                prefix.concat("/").concat(wanted),
                below.replace("/actuator", "/actuator;a=b"));
    }

    /** True if the route takes the path, hands it on as the endpoint's, and no policy on the way refuses it. */
    private static boolean passes(
            Mesh mesh, GatewayConnection connection, GatewayRoute entry, String path, String wanted) {
        String host = entry.request("GET").authority();
        HttpRequest request =
                HttpRequest.of("GET", "https", host, path, mesh.config().pathNormalization());
        boolean taken = entry.host()
                .route(request, mesh.version(connection.gateway()))
                .filter(entry.entry()::equals)
                .isPresent();
        if (!taken) {
            return false;
        }
        HttpRequest onward = Rewrite.of(entry.entry(), request);
        return read(onward.path()).equals(wanted)
                && mesh.authorizationPolicies()
                        .evaluate(
                                connection.gateway(),
                                Call.to(entry.listener().port())
                                        .with(request)
                                        .from(Attribute.absent())
                                        .withToken(Attribute.absent()))
                        .isAllowed()
                && !mesh.authorizationPolicies()
                        .evaluate(connection.server(), connection.call(mesh, onward))
                        .isDenied()
                && Firewalls.refusal(
                                mesh,
                                connection.gateway(),
                                connection.service(),
                                connection.port(),
                                connection.server(),
                                connection.target())
                        .isEmpty();
    }

    /** A path as Tomcat and Spring read it: without parameters of segments, dot segments and doubled slashes. */
    private static String read(String path) {
        String plain = SLASHES.matcher(PARAMETERS.matcher(path).replaceAll("")).replaceAll("/");
        return HttpRequest.of("GET", "https", "", plain).path();
    }
}
