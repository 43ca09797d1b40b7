package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.terms.Source;
import io.meshwright.mesh.workload.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and port that an environment variable of a pod names, which its application will call; {@code scheme} is empty
 * where none is written.
 */
public record WrittenCall(Pod caller, Source source, String scheme, String host, int port) {
    private static final Pattern ADDRESS = Pattern.compile("(?:^|(?<scheme>[a-z][a-z0-9+.]*)://)(?:[^@/\\s]*@)?"
            + "(?<host>[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\\.[-a-z0-9.]+)?)(?::(?<port>\\d{2,5}))?(?=[/?,;]|$)");
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

    public static List<WrittenCall> of(Pod pod) {
        List<WrittenCall> calls = new ArrayList<>();
        for (int container = 0; container < pod.spec().path("containers").size(); container++) {
            Source place = pod.source().at("/spec").item("containers", container);
            JsonNode environment = pod.spec().path("containers").path(container).path("env");
            for (int index = 0; index < environment.size(); index++) {
                read(
                                pod,
                                place.item("env", index),
                                environment.path(index).path("value").asText(""))
                        .ifPresent(calls::add);
            }
        }
        return calls;
    }

    private static Optional<WrittenCall> read(Pod pod, Source source, String text) {
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
