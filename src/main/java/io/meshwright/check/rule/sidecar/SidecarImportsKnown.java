package io.meshwright.check.rule.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.check.evidence.Completeness;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.HostName;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A Sidecar imports hosts that exist. */
@AutoService(Inspection.class)
public final class SidecarImportsKnown implements Check {
    public static final Rule SIDECAR_IMPORTS_UNKNOWN = Rule.warning("MESH243", "sidecar_imports_unknown")
            .title("A Sidecar imports a host that does not exist")
            .twins("KIA1004")
            .consequence("Nothing is imported by the entry.")
            .remedy("Write NAMESPACE/FULL-NAME, or ./* for the namespace's own.");

    @Override
    public List<Rule> rules() {
        return List.of(SIDECAR_IMPORTS_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        Completeness completeness = new Completeness(mesh);
        return mesh.manifests().kind(Kind.SIDECAR).stream()
                .flatMap(SidecarImportsKnown::imports)
                .flatMap(entry -> lost(mesh, completeness, entry).stream());
    }

    private static Stream<Source> imports(Manifest sidecar) {
        JsonNode egress = sidecar.at("/spec/egress");
        return IntStream.range(0, egress.size())
                .boxed()
                .flatMap(listener -> IntStream.range(
                                0, egress.path(listener).path("hosts").size())
                        .mapToObj(index ->
                                Source.of(sidecar).item("spec/egress", listener).item("hosts", index)));
    }

    private static Optional<Finding> lost(Mesh mesh, Completeness completeness, Source entry) {
        String written = entry.value().asText("");
        int slash = written.indexOf('/');
        String namespace = slash < 0
                ? ""
                : written.substring(0, slash)
                        .replaceFirst("^\\.$", entry.manifest().home());
        String host = written.substring(slash + 1);
        boolean any = host.startsWith("*")
                || namespace.equals("*")
                || namespace.equals("~")
                || !completeness.services(namespace);
        boolean known = any
                || mesh.externals().hasHost(host)
                || mesh.services().all().stream()
                        .anyMatch(service ->
                                service.namespace().equals(namespace) && HostName.overlap(service.host(), host));
        return known
                ? Optional.empty()
                : Optional.of(SIDECAR_IMPORTS_UNKNOWN.at(
                        entry,
                        "namespace \"%s\" has no host \"%s\", so nothing is imported by it"
                                .formatted(namespace, host)));
    }
}
