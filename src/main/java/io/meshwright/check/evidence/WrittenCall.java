package io.meshwright.check.evidence;

import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A host and port that an environment variable or command line of a pod names, which its application will call;
 * {@code scheme} is empty where none is written.
 */
public record WrittenCall(Pod caller, Source source, String scheme, String host, int port) {
    private static final Pattern ADDRESS = Pattern.compile("(?:^|(?<scheme>[a-z][a-z0-9+.]*)://)(?:[^@/\\s]*@)?"
            + "(?<host>[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[-a-z0-9.]+)?)(?::(?<port>\\d{2,5}))?(?=[/?,;]|$)");
    /** As {@code nc -z db 5432} waits for a server. */
    private static final Pattern WAITS =
            Pattern.compile("\\bnc(?:\\s+-[a-zA-Z]+(?:\\s+\\d+)?)*\\s+([a-z0-9][-a-z0-9.]*[a-z0-9])\\s+(\\d{2,5})\\b");

    private static final Map<String, Integer> PORTS = Map.of(
            "http",
            80,
            "https",
            443,
            "mysql",
            3306,
            "postgres",
            5432,
            "postgresql",
            5432,
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

    /** The calls of init containers that end before the application starts, by their variables and command lines. */
    public static List<WrittenCall> ofInitContainers(Pod pod) {
        return containers(pod, "initContainers")
                .filter(container ->
                        !container.value().path("restartPolicy").asText("").equals("Always"))
                .flatMap(container -> Stream.concat(variables(pod, container), commands(pod, container)))
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

    private static Stream<WrittenCall> commands(Pod pod, Source container) {
        return Stream.of("command", "args")
                .flatMap(list -> container.items(list))
                .flatMap(place -> commanded(pod, place, place.value().asText("")));
    }

    private static Stream<WrittenCall> commanded(Pod pod, Source place, String line) {
        Stream<WrittenCall> waited = WAITS.matcher(line)
                .results()
                .map(found -> new WrittenCall(pod, place, "", found.group(1), Integer.parseInt(found.group(2))));
        Stream<WrittenCall> named = Stream.of(line.split("[\\s\"']+")).flatMap(word -> read(pod, place, word).stream());
        return Stream.concat(waited, named);
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
