package io.meshwright.check.rule.route;

import com.google.auto.service.AutoService;
import com.google.re2j.Pattern;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.evidence.GatewayRoute;
import io.meshwright.check.evidence.ManagementPort;
import io.meshwright.check.outside.Facing;
import io.meshwright.check.outside.OutsideWay;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HttpRequest;
import io.meshwright.mesh.workload.Pod;
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
                : Facing.of(mesh)
                        .flatMap(facing -> GatewayRoute.of(mesh, facing.gateway()).stream()
                                .flatMap(entry -> finding(mesh, entry, shown, facing.severity()).stream()));
    }

    private static Optional<Finding> finding(
            Mesh mesh, GatewayRoute entry, Map<Pod, List<ManagementPort>> shown, Severity severity) {
        return OutsideWay.of(mesh, entry)
                .flatMap(way -> shown.getOrDefault(way.connection().server(), List.of()).stream()
                        .filter(endpoints ->
                                endpoints.port() == way.connection().target())
                        .flatMap(endpoints -> open(way, endpoints.root().concat(ENDPOINT), severity).stream()))
                .findFirst();
    }

    private static Optional<Finding> open(OutsideWay way, String wanted, Severity severity) {
        List<String> forms = forms(way.prefix(), wanted);
        return forms.stream()
                .filter(path -> passes(way, path, wanted))
                .findFirst()
                .map(path -> {
                    boolean plain = forms.indexOf(path) < PLAIN;
                    return MANAGEMENT_PATH_OPEN
                            .at(
                                    way.entry().entry().source(),
                                    ("GET %s%s comes from outside to %s, whose probes or scrapes show management "
                                                    + "endpoints of Spring Boot%s")
                                            .formatted(
                                                    way.entry().host().domain(),
                                                    path,
                                                    way.connection().server(),
                                                    plain
                                                            ? ""
                                                            : ": the plain path is refused, but not this form, which"
                                                                    + " Tomcat reads as the same"))
                            .as(plain ? severity : Severity.INFO);
                });
    }

    /** The endpoint by its own path and below the route's prefix, and then in forms that proxies leave as they are. */
    private static List<String> forms(String prefix, String wanted) {
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
    private static boolean passes(OutsideWay way, String path, String wanted) {
        return way.arriving("GET", path)
                .filter(onward -> read(onward.path()).equals(wanted))
                .isPresent();
    }

    /** A path as Tomcat and Spring read it: without parameters of segments, dot segments and doubled slashes. */
    private static String read(String path) {
        String plain = SLASHES.matcher(PARAMETERS.matcher(path).replaceAll("")).replaceAll("/");
        return HttpRequest.of("GET", "https", "", plain).path();
    }
}
