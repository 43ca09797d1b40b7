package io.meshwright.advise.snapshot;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.meshwright.environment.Environment;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads a snapshot, and refuses one that is broken or of something else: advice from such numbers would be wrong. */
public final class SnapshotReader {
    /** Bytes that are read at most. */
    public static final int LARGEST = 32 << 20;

    /** Days that a snapshot may cover at most. */
    public static final int MOST_DAYS = 90;

    private static final String AGAIN = "take it again, with meshwright advise --queries";

    private final String file;
    private final Environment environment;
    private final String called;

    private SnapshotReader(String file, Environment environment, String called) {
        this.file = file;
        this.environment = environment;
        this.called = called;
    }

    /**
     * The snapshot of an environment.
     *
     * @param file how messages call it
     * @param called the name of the environment's file
     * @throws InvalidValue with one sentence, when it cannot be used
     */
    public static Snapshot read(String file, byte[] bytes, Environment environment, String called) {
        return new SnapshotReader(file, environment, called).snapshot(parsed(file, bytes));
    }

    /**
     * The name of the environment that a snapshot is of.
     *
     * @throws InvalidValue when it says none
     */
    public static String environment(String file, byte[] bytes) {
        JsonNode name = parsed(file, bytes).path("environment");
        if (!name.isTextual()) {
            throw new InvalidValue(file, "names no environment", AGAIN);
        }
        return name.asText();
    }

    private static JsonNode parsed(String file, byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new InvalidValue(
                    file,
                    "is larger than %d MiB".formatted(LARGEST >> 20),
                    "it is no snapshot of these queries; " + AGAIN);
        }
        JsonMapper mapper = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
        try {
            JsonNode root = mapper.readTree(bytes);
            if (!root.isObject()) {
                throw new InvalidValue(file, "is no object", AGAIN);
            }
            return root;
        } catch (JsonProcessingException broken) {
            JsonLocation at = broken.getLocation();
            String place = at == null ? "" : " at line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
            throw new InvalidValue(
                    file, "is no whole JSON%s".formatted(place), "the download may have broken off; " + AGAIN);
        } catch (IOException never) {
            throw new IllegalStateException(never);
        }
    }

    private Snapshot snapshot(JsonNode root) {
        String whose = root.path("environment").asText();
        if (!whose.equals(called)) {
            throw refused(
                    "environment",
                    "%s is another cluster's".formatted(Plain.quoted(whose)),
                    "name its environment with --env, or take one of %s".formatted(called));
        }
        int days = root.path("days").isInt() ? root.path("days").asInt() : 0;
        if (days < 1 || days > MOST_DAYS) {
            throw refused("days", "%s is no number from 1 to %d".formatted(root.path("days"), MOST_DAYS), AGAIN);
        }
        if (!root.path("time").isIntegralNumber() || root.path("time").asLong() <= 0) {
            throw refused("time", "%s is no time in seconds".formatted(root.path("time")), AGAIN);
        }
        long time = root.path("time").asLong();
        return new Snapshot(days, time, answers(root.path("results"), Queries.of(environment, days), days, time));
    }

    private Map<String, List<Sample>> answers(JsonNode results, List<Query> queries, int days, long time) {
        if (!results.isArray()) {
            throw refused("results", "is no list", AGAIN);
        }
        Map<String, Query> wanted = queries.stream()
                .collect(Collectors.toMap(Query::name, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        Map<String, List<Sample>> answers = new HashMap<>();
        for (JsonNode result : results) {
            String name = result.path("name").asText();
            Query query = wanted.get(name);
            if (query == null) {
                throw refused("results", "%s is no query of this environment".formatted(Plain.quoted(name)), AGAIN);
            }
            if (!result.path("range").asText().equals("%dd".formatted(days))) {
                throw refused(name, "covers %s, and the snapshot %dd".formatted(result.path("range"), days), AGAIN);
            }
            if (!result.path("query").asText().equals(query.text())) {
                throw refused(
                        name, "was asked otherwise than now, as of another environment file or another release", AGAIN);
            }
            if (answers.put(
                            name,
                            new AnswerReader(file, query, environment, called).samples(result.path("answer"), time))
                    != null) {
                throw refused(name, "stands in it twice", AGAIN);
            }
        }
        queries.stream()
                .map(Query::name)
                .filter(name -> !answers.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw refused(name, "is missing", AGAIN);
                });
        return answers;
    }

    private InvalidValue refused(String key, String problem, String remedy) {
        return new InvalidValue("%s %s".formatted(file, key), problem, remedy);
    }

    /** The services that samples may be about, as Istio names them. */
    static boolean isKnown(Environment environment, String namespace, String name) {
        return environment.services().entrySet().stream()
                .anyMatch(entry -> entry.getKey().toString().equals(name)
                        && entry.getValue().namespace().toString().equals(namespace));
    }

    /** Names of all services, for a sentence. */
    static Collection<String> names(Environment environment) {
        return environment.services().keySet().stream()
                .map(Object::toString)
                .sorted()
                .toList();
    }
}
