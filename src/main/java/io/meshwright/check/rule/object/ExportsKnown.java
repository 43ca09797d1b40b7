package io.meshwright.check.rule.object;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An object is exported to namespaces that exist, or else to nobody. */
@AutoService(Inspection.class)
public final class ExportsKnown implements Check {
    public static final Rule EXPORT_TO_UNKNOWN = Rule.warning("MESH143", "export_to_unknown")
            .title("An object is exported to a namespace that does not exist")
            .twins("KIA0005")
            .consequence("Nobody sees it there.")
            .remedy("Name a namespace that exists, or write \".\" for its own.");

    private static final List<Kind> KINDS = List.of(Kind.VIRTUAL_SERVICE, Kind.DESTINATION_RULE, Kind.SERVICE_ENTRY);
    private static final List<String> WORDS = List.of("*", ".", "~");

    @Override
    public List<Rule> rules() {
        return List.of(EXPORT_TO_UNKNOWN);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        boolean telling = mesh.namespaces().names().stream()
                .anyMatch(name -> mesh.namespaces().labels(name).isPresent());
        return !telling
                ? Stream.empty()
                : KINDS.stream()
                        .flatMap(kind -> mesh.manifests().kind(kind).stream())
                        .flatMap(object -> findings(mesh, object));
    }

    private static Stream<Finding> findings(Mesh mesh, Manifest object) {
        List<String> written = object.texts("/spec/exportTo");
        return IntStream.range(0, written.size())
                .boxed()
                .filter(index -> !WORDS.contains(written.get(index))
                        && !mesh.namespaces().exists(written.get(index)))
                .map(index -> EXPORT_TO_UNKNOWN.at(
                        Source.of(object).item("spec/exportTo", index),
                        "there is no namespace \"%s\", so nobody there sees the object".formatted(written.get(index))));
    }
}
