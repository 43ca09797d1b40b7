package io.meshwright.check.rule.route;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.route.Destination;
import io.meshwright.mesh.route.HttpRoute;
import io.meshwright.mesh.workload.Pod;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A tool under a sub-path must be told it: its links and redirects lead to where it believes to be. */
@AutoService(Inspection.class)
public final class SubPathsAgree implements Check {
    public static final Rule SUB_PATH_DISAGREES = Rule.error("MESH275", "sub_path_disagrees")
            .title("A tool believes to be at another path than its route")
            .consequence("Its links and redirects lead to 404.")
            .remedy(
                    "Tell the tool the prefix (GF_SERVER_ROOT_URL, --web.external-url, QUERY_BASE_PATH) and do not rewrite"
                            + " it.");

    private static final Pattern ARGUMENT =
            Pattern.compile("--(?:web\\.external-url|web\\.route-prefix|query\\.base-path)[= ](\\S+)");
    private static final Pattern ROOT = Pattern.compile("/(grafana|prometheus|prom|jaeger|tracing)$");
    private static final Pattern GRAFANA = Pattern.compile("(?:^|/)grafana/grafana");
    private static final Pattern OTHERS =
            Pattern.compile("(?:^|/)(prom/prometheus|prometheus/prometheus|jaegertracing/)");

    @Override
    public List<Rule> rules() {
        return List.of(SUB_PATH_DISAGREES);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.virtualServices().all().stream()
                .flatMap(service -> service.written().stream())
                .flatMap(route -> route.matches().stream()
                        .flatMap(match -> prefix(match.body()).stream())
                        .limit(1)
                        .flatMap(prefix -> finding(mesh, route, prefix)));
    }

    private static Optional<String> prefix(JsonNode match) {
        return Fields.text(match.at("/uri/prefix")).map(SubPathsAgree::bare).filter(prefix -> !prefix.isEmpty());
    }

    private static Stream<Finding> finding(Mesh mesh, HttpRoute route, String prefix) {
        String arriving = route.body().at("/rewrite/uri").isTextual()
                ? bare(route.body().at("/rewrite/uri").asText())
                : prefix;
        return route.destinations().stream()
                .flatMap(destination -> pods(mesh, destination))
                .flatMap(pod -> Fields.items(pod.spec().path("containers")).stream()
                        .flatMap(container -> believed(container).stream())
                        .filter(believed -> disagree(believed, prefix))
                        .map(believed -> SUB_PATH_DISAGREES.at(
                                route.source(),
                                ("the route leads %s to %s, which believes to be at \"%s/\" and receives \"%s/\": "
                                                + "its links and redirects lead elsewhere")
                                        .formatted(prefix, pod, believed, arriving))))
                .limit(1);
    }

    /** A tool at the root may well have routes for some of its paths; one named for the tool is meant as its root. */
    private static boolean disagree(String believed, String prefix) {
        return believed.isEmpty()
                ? ROOT.matcher(prefix).find()
                : !prefix.equals(believed) && !prefix.startsWith(believed.concat("/"));
    }

    private static Stream<Pod> pods(Mesh mesh, Destination destination) {
        return mesh
                .services()
                .find(mesh.services().host(destination.host(), destination.namespace()), destination.namespace())
                .stream()
                .flatMap(service -> mesh.services().pods(service).stream());
    }

    /** The path under which a container believes to be seen; empty for what is none of these tools. */
    private static Optional<String> believed(JsonNode container) {
        String image = container.path("image").asText("");
        if (GRAFANA.matcher(image).find() && !image.contains("loki") && !image.contains("tempo")) {
            return Optional.of(variable(container, "GF_SERVER_ROOT_URL")
                    .map(SubPathsAgree::path)
                    .orElse(""));
        }
        // What a configuration file says of the path is not looked for.
        if (!OTHERS.matcher(image).find()
                || Fields.texts(container.path("args")).stream().anyMatch(argument -> argument.startsWith("--config="))
                        && image.contains("jaeger")) {
            return Optional.empty();
        }
        return Stream.concat(
                        Fields.texts(container.path("args")).stream(), Fields.texts(container.path("command")).stream())
                .map(ARGUMENT::matcher)
                .filter(Matcher::find)
                .map(found -> path(found.group(1)))
                .findFirst()
                .or(() -> variable(container, "QUERY_BASE_PATH").map(SubPathsAgree::path))
                .or(() -> Optional.of(""));
    }

    private static Optional<String> variable(JsonNode container, String name) {
        return Fields.items(container.path("env")).stream()
                .filter(variable -> variable.path("name").asText("").equals(name))
                .flatMap(variable -> Fields.text(variable.path("value")).stream())
                .findFirst();
    }

    private static String path(String url) {
        try {
            String plain = url.replaceAll("%\\([^)]*\\)s", "x");
            return bare(
                    plain.startsWith("/")
                            ? plain
                            : Optional.ofNullable(URI.create(plain).getPath()).orElse(""));
        } catch (IllegalArgumentException none) {
            return "";
        }
    }

    private static String bare(String path) {
        return path.replaceAll("/+$", "");
    }
}
