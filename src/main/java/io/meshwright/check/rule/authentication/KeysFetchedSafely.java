package io.meshwright.check.rule.authentication;

import com.google.auto.service.AutoService;
import io.meshwright.check.Check;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
import io.meshwright.check.Rule;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.stream.Stream;

/** istiod fetches keys from whatever jwksUri somebody writes, unless it is told where it must not go. */
@AutoService(Inspection.class)
public final class KeysFetchedSafely implements Check {
    public static final Rule KEYS_FROM_ANYWHERE = Rule.info("MESH306", "keys_from_anywhere")
            .title("istiod fetches keys of tokens from every address")
            .twins("IST0175")
            .consequence(
                    "Whoever may write a RequestAuthentication lets istiod ask any address of the cluster's network.")
            .remedy("Set BLOCKED_CIDRS_IN_JWKS_URIS in istiod's environment to ranges where no issuer of keys is.");

    private static final String SWITCH = "BLOCKED_CIDRS_IN_JWKS_URIS";

    @Override
    public List<Rule> rules() {
        return List.of(KEYS_FROM_ANYWHERE);
    }

    @Override
    public Stream<Finding> run(Mesh mesh) {
        List<Manifest> fetching = mesh.manifests().kind(Kind.REQUEST_AUTHENTICATION);
        if (fetching.isEmpty() || !mesh.version().canBlockKeyAddresses()) {
            return Stream.empty();
        }
        return mesh.manifests().kind(Kind.DEPLOYMENT).stream()
                .filter(deployment -> "istiod".equals(deployment.labels().get("app")) && !isRestricted(deployment))
                .map(istiod -> KEYS_FROM_ANYWHERE.at(
                        Source.of(istiod).at("/spec/template/spec/containers"),
                        "istiod fetches the keys of %s, and from every address that such an object names"
                                .formatted(fetching.get(0))));
    }

    private static boolean isRestricted(Manifest istiod) {
        return Fields.items(istiod.at("/spec/template/spec/containers")).stream()
                .flatMap(container -> Fields.items(container.path("env")).stream())
                .anyMatch(variable -> variable.path("name").asText("").equals(SWITCH)
                        && (variable.has("valueFrom")
                                || !variable.path("value").asText("").isEmpty()));
    }
}
