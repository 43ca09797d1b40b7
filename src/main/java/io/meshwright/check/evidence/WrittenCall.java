package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A host and port that an environment variable or command line of a pod names, which its application will call;
 * {@code scheme} is empty where none is written.
 */
public record WrittenCall(Pod caller, Source source, String scheme, String host, int port) {
    private static final int MYSQL = 3306;
    private static final int POSTGRES = 5432;

    private static final Pattern ADDRESS = Pattern.compile("(?:^|(?<scheme>[a-z][a-z0-9+.]*)://)(?:[^@/\\s]*@)?"
            + "(?<host>[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[-a-z0-9.]+)?)(?::(?<port>\\d{2,5}))?(?=[/?,;]|$)");
    /** As {@code nc -z db 5432} waits for a server. */
    private static final Pattern WAITS =
            Pattern.compile("\\bnc(?:\\s+-[a-zA-Z]+(?:\\s+\\d+)?)*\\s+([a-z0-9][-a-z0-9.]*[a-z0-9])\\s+(\\d{2,5})\\b");

    /**
     * As {@code pg_isready -h db -p 5432} and {@code mysqladmin ping --host=db} ask one; the case of -p tells nothing.
     */
    private static final Pattern ASKS = Pattern.compile(
            "\\b(?<tool>pg_isready|psql|mysql|mysqladmin|mariadb|mariadb-admin|redis-cli|mongosh|mongo)\\b(?<flags>[^;|&\n]*)");

    private static final String NAME = "[a-z0-9](?:[-a-z0-9.]*[a-z0-9])?";

    private static final Pattern HOST =
            Pattern.compile("(?:^|\\s)(?:-h\\s*|--host[=\\s]\\s*)(" + NAME + ")(?=[\\s\"']|$)");
    private static final Pattern PORT =
            Pattern.compile("(?:^|\\s)(?:-[pP]\\s*|--port[=\\s]\\s*)(\\d{2,5})(?=[\\s\"']|$)");

    private static final Map<String, Integer> TOOLS =
            Map.of("pg_isready", POSTGRES, "psql", POSTGRES, "redis-cli", 6379, "mongosh", 27017, "mongo", 27017);

    private static final Map<String, Integer> PORTS = Map.of(
            "http",
            80,
            "https",
            443,
            "mysql",
            MYSQL,
            "postgres",
            POSTGRES,
            "postgresql",
            POSTGRES,
            "redis",
            6379,
            "amqp",
            5672,
            "mongodb",
            27017);

    /** The calls of the application. */
    public static List<WrittenCall> of(Pod pod) {
        return containers(pod, "containers")
                .flatMap(container -> variables(pod, container))
                .toList();
    }

    /** The calls of a Job, whose command line says what it is there to do; a server's tells its own addresses too. */
    public static List<WrittenCall> ofJob(Pod pod) {
        Kind kind = pod.source().manifest().kind();
        return kind.equals(Kind.JOB) || kind.equals(Kind.CRON_JOB)
                ? containers(pod, "containers")
                        .flatMap(container -> commands(pod, container))
                        .filter(call -> !call.host().equals("localhost"))
                        .toList()
                : List.of();
    }

    /** The calls of init containers that end before the application starts, by their variables and command lines. */
    public static List<WrittenCall> ofInitContainers(Mesh mesh, Pod pod) {
        return containers(pod, "initContainers")
                .filter(container ->
                        !container.value().path("restartPolicy").asText("").equals("Always"))
                .flatMap(container -> Stream.of(
                                variables(pod, container),
                                borrowed(mesh, pod, container),
                                pairs(pod, container),
                                commands(pod, container))
                        .flatMap(calls -> calls))
                .toList();
    }

    private static Stream<Source> containers(Pod pod, String list) {
        return IntStream.range(0, pod.spec().path(list).size())
                .mapToObj(index -> pod.source().at("/spec").item(list, index));
    }

    private static Stream<WrittenCall> variables(Pod pod, Source container) {
        return container
                .items("env")
                .flatMap(place -> read(pod, place, place.value().path("value").asText("")).stream());
    }

    /** Variables that take their values from ConfigMaps among the manifests. */
    private static Stream<WrittenCall> borrowed(Mesh mesh, Pod pod, Source container) {
        return container.items("env").flatMap(place -> {
            JsonNode key = place.value().at("/valueFrom/configMapKeyRef");
            return data(mesh, pod, key)
                    .flatMap(data -> Fields.text(data.path(key.path("key").asText(""))))
                    .flatMap(text -> read(pod, place, text))
                    .stream();
        });
    }

    private static Optional<JsonNode> data(Mesh mesh, Pod pod, JsonNode reference) {
        return Fields.text(reference.path("name"))
                .flatMap(name -> mesh.manifests().find(Kind.CONFIG_MAP, pod.namespace(), name))
                .map(found -> found.at("/data"));
    }

    /** Variables such as {@code SQL_HOST} and {@code SQL_PORT}, which tell one call together. */
    private static Stream<WrittenCall> pairs(Pod pod, Source container) {
        Map<String, String> values = new TreeMap<>();
        container
                .items("env")
                .forEach(place -> values.put(
                        place.value().path("name").asText(""),
                        place.value().path("value").asText("")));
        return container.items("env").flatMap(place -> {
            String name = place.value().path("name").asText("");
            String host = place.value().path("value").asText("");
            String port = values.getOrDefault(
                    name.replaceFirst("HOST$", "PORT"), name.equals("PGHOST") ? Integer.toString(POSTGRES) : "");
            return name.endsWith("HOST") && host.matches(NAME) && port.matches("\\d{2,5}")
                    ? Stream.of(new WrittenCall(pod, place, "", host, Integer.parseInt(port)))
                    : Stream.empty();
        });
    }

    /** A list whose words stand one by one is a line as well. */
    private static Stream<WrittenCall> commands(Pod pod, Source container) {
        return Stream.of("command", "args").flatMap(list -> {
            List<Source> words = container.items(list).toList();
            Source whole = container.at("/".concat(list));
            String line = words.stream().map(word -> word.value().asText("")).collect(Collectors.joining(" "));
            List<WrittenCall> said = words.stream()
                    .flatMap(place -> commanded(pod, place, place.value().asText("")))
                    .toList();
            Stream<WrittenCall> together = words.size() > 1
                    ? commanded(pod, whole, line).filter(call -> said.stream().noneMatch(call::isSame))
                    : Stream.empty();
            return Stream.concat(said.stream(), together);
        });
    }

    private boolean isSame(WrittenCall other) {
        return host.equals(other.host()) && port == other.port();
    }

    private static Stream<WrittenCall> commanded(Pod pod, Source place, String line) {
        Stream<WrittenCall> waited = WAITS.matcher(line)
                .results()
                .map(found -> new WrittenCall(pod, place, "", found.group(1), Integer.parseInt(found.group(2))));
        Stream<WrittenCall> named = Stream.of(line.split("[\\s\"']+")).flatMap(word -> read(pod, place, word).stream());
        return Stream.of(waited, asked(pod, place, line), named).flatMap(calls -> calls);
    }

    private static Stream<WrittenCall> asked(Pod pod, Source place, String line) {
        return ASKS.matcher(line).results().flatMap(found -> {
            String flags = found.group(2);
            Matcher port = PORT.matcher(flags);
            int number = port.find() ? Integer.parseInt(port.group(1)) : TOOLS.getOrDefault(found.group(1), MYSQL);
            return HOST.matcher(flags)
                    .results()
                    .limit(1)
                    .map(host -> new WrittenCall(pod, place, "", host.group(1), number));
        });
    }

    /** The call that a text such as {@code http://metrics:9090} means. */
    public static Optional<WrittenCall> read(Pod pod, Source source, String text) {
        Matcher found = ADDRESS.matcher(text);
        while (found.find()) {
            String port = found.group("port");
            String scheme = Optional.ofNullable(found.group("scheme")).orElse("");
            Integer number = port == null ? PORTS.get(scheme) : Integer.valueOf(port);
            if (number != null) {
                return Optional.of(new WrittenCall(pod, source, scheme, found.group("host"), number));
            }
        }
        return Optional.empty();
    }
}
