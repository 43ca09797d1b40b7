package io.meshwright.rehearsal.tunnel.drawn;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.mesh.terms.Source;
import io.meshwright.trace.answer.Path;
import io.meshwright.trace.answer.PathHop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How often requests meet each route, rule of a policy and subset that the objects have. */
public final class Coverage {
    /** As often as each is to be met. */
    private static final int OFTEN = 3;

    private static final Pattern ELEMENT = Pattern.compile("(/spec/(?:http|tls|tcp|rules|subsets)/\\d+).*");
    private static final Map<String, List<String>> LISTS = Map.of(
            "VirtualService", List.of("http", "tls", "tcp"),
            "HTTPRoute", List.of("rules"),
            "TLSRoute", List.of("rules"),
            "TCPRoute", List.of("rules"),
            "AuthorizationPolicy", List.of("rules"),
            "DestinationRule", List.of("subsets"));

    private final Map<String, Integer> met = new TreeMap<>();

    /** Nothing is met yet. */
    public static Coverage of(Manifests manifests) {
        Coverage coverage = new Coverage();
        for (Manifest manifest : manifests.all()) {
            for (String list : LISTS.getOrDefault(manifest.kind().name(), List.of())) {
                for (int index = 0; index < manifest.at("/spec/".concat(list)).size(); index++) {
                    coverage.met.put("%s /spec/%s/%d".formatted(manifest, list, index), 0);
                }
            }
        }
        return coverage;
    }

    /** Counts what a way is decided by. */
    public void count(Path path) {
        elements(path).forEach(element -> met.computeIfPresent(element, (any, times) -> times + 1));
    }

    /** Whether a way is decided by something that is not met often enough yet. */
    public boolean wants(Path path) {
        return elements(path).stream().anyMatch(element -> met.getOrDefault(element, OFTEN) < OFTEN);
    }

    /** Those that are met often enough. */
    public int covered() {
        return (int) met.values().stream().filter(times -> times >= OFTEN).count();
    }

    /** All there are. */
    public int size() {
        return met.size();
    }

    /** Those that some request meets, and not often enough. */
    public List<String> seldom() {
        List<String> seldom = new ArrayList<>();
        met.forEach((element, times) -> {
            if (times > 0 && times < OFTEN) {
                seldom.add(element);
            }
        });
        return seldom;
    }

    private static Set<String> elements(Path path) {
        Set<String> elements = new TreeSet<>();
        for (PathHop hop : path.hops()) {
            hop.steps().forEach(step -> step.decidedBy().forEach(source -> element(source, elements)));
        }
        path.branches().forEach(branch -> elements.addAll(elements(branch.path())));
        return elements;
    }

    private static void element(Source source, Set<String> elements) {
        Matcher matcher = ELEMENT.matcher(source.pointer());
        if (matcher.matches()) {
            elements.add("%s %s".formatted(source.manifest(), matcher.group(1)));
        }
    }
}
