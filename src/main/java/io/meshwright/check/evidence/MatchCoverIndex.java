package io.meshwright.check.evidence;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.mesh.route.HttpMatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds whose matches {@link MatchCover} may take for wide enough, by their paths, since hundreds may share a host. */
public final class MatchCoverIndex {
    /** Matches without a plain path, and those that take every one, stand here, at the beginning of all. */
    private static final String ANY = "";

    private final Map<String, List<Integer>> byPath = new HashMap<>();

    public void add(HttpMatch match, int owner) {
        JsonNode uri = match.body().path("uri");
        boolean plain = !uri.has("regex")
                && !uri.path("prefix").asText("").equals("/")
                && !match.body().path("ignoreUriCase").asBoolean(false);
        byPath.computeIfAbsent(plain ? path(uri) : ANY, none -> new ArrayList<>(1))
                .add(owner);
    }

    /** The owners of matches that may cover this one. */
    public Set<Integer> owners(HttpMatch match) {
        String path = path(match.body().path("uri"));
        Set<Integer> owners = new TreeSet<>();
        for (int end = 0; end <= path.length(); end++) {
            owners.addAll(byPath.getOrDefault(path.substring(0, end), List.of()));
        }
        return owners;
    }

    private static String path(JsonNode uri) {
        return uri.path("exact").asText(uri.path("prefix").asText(ANY));
    }
}
