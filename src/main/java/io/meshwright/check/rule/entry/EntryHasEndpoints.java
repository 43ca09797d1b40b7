package io.meshwright.check.rule.entry;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.workload.Service;
import java.util.List;
import java.util.stream.Stream;

/** An entry whose servers are listed lists some. */
@AutoService(Inspection.class)
public final class EntryHasEndpoints implements Check {
    public static final Rule ENTRY_WITHOUT_ENDPOINTS = Rule.error("MESH362", "entry_without_endpoints")
            .title("A ServiceEntry of resolution STATIC lists no endpoints")
            .consequence("Calls to its hosts find nobody: 503 with flag UH, or a closed connection.")
            .remedy("List endpoints, select pods by workloadSelector, or write resolution DNS.");

    @Override
    public List<Rule> rules() {
        return List.of(ENTRY_WITHOUT_ENDPOINTS);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return mesh.services().all().stream()
                .filter(mesh.services()::isDeserted)
                .map(Service::source)
                .distinct()
                .map(entry -> ENTRY_WITHOUT_ENDPOINTS.at(
                        entry.at("/spec/resolution"), "no endpoint is listed, and addresses are none"));
    }
}
