package io.meshwright.check.rule.object;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.gateway.SecretOrigin;
import java.util.List;
import java.util.stream.Stream;

/** An issuer or a store of secrets lies where it is looked for by who names it. */
@AutoService(Inspection.class)
public final class ReferencesInReach implements Check {
    public static final Rule REFERENCE_OUT_OF_REACH = Rule.error("MESH414", "reference_out_of_reach")
            .title("An issuer or a store of secrets lies where its name is not looked for")
            .consequence("The Secret is never written, and whoever reads it, such as a gateway, goes without.")
            .remedy(
                    "Name the kind that is there (ClusterIssuer, ClusterSecretStore), or write one into the namespace.");

    @Override
    public List<Rule> rules() {
        return List.of(REFERENCE_OUT_OF_REACH);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        return SecretOrigin.WRITERS.stream()
                .flatMap(kind -> mesh.manifests().kind(kind).stream())
                .flatMap(writer -> SecretOrigin.of(writer).stream())
                .flatMap(origin -> origin
                        .astray(mesh.manifests())
                        .map(other -> REFERENCE_OUT_OF_REACH.at(
                                origin.place(),
                                "there is %s, and %s is not looked for".formatted(origin.missing(), other)))
                        .stream());
    }
}
