package io.meshwright.check.rule.object;

import io.meshwright.check.Finding;
import io.meshwright.check.ObjectCheck;
import io.meshwright.check.Rule;
import io.meshwright.check.Severity;
import io.meshwright.check.admission.Admission;
import io.meshwright.check.admission.field.Objection;
import io.meshwright.check.apiserver.ApiServer;
import io.meshwright.check.schema.BuiltIn;
import io.meshwright.check.schema.CustomResources;
import io.meshwright.check.schema.Violation;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Place;
import io.meshwright.mesh.Mesh;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The schema and the webhooks of one release, and the definitions among the manifests, against objects of some kinds.
 */
abstract class Validation implements ObjectCheck.Look {
    private static final String ISTIO = ".istio.io";

    private final IstioVersion version;
    private final CustomResources custom;
    private final Admission admission;
    private final boolean alone;

    Validation(Mesh mesh) {
        this.version = mesh.version();
        this.custom = new CustomResources(version, mesh.manifests());
        this.admission = new Admission(version);
        this.alone = mesh.pods().all().isEmpty();
    }

    abstract boolean isAbout(Manifest object);

    abstract Rule rule(Violation violation);

    abstract Rule rule(Objection objection);

    /** Tells whether a cluster may take the object all the same, because what is known of its kind may be too old. */
    abstract boolean mayTake(Manifest object, Violation violation);

    final CustomResources definitions() {
        return custom;
    }

    /** Only of these does istioctl say so too, and by these codes. */
    static boolean isIstio(Manifest object) {
        return object.kind().group().endsWith(ISTIO);
    }

    @Override
    public final String facts() {
        return "Istio %s, %s".formatted(version, alone ? "no pods" : "pods");
    }

    /** A kind that is defined among the manifests is decided by its definition too. */
    @Override
    public final boolean isDecidedBy(Manifest object) {
        return !custom.isGiven(object);
    }

    @Override
    public final List<Finding> findings(Manifest object) {
        if (!isAbout(object) || object.isEncrypted()) {
            return List.of();
        }
        Optional<List<Violation>> violations = custom.violations(object);
        List<Finding> schema = violations.orElseGet(() -> BuiltIn.violations(object)).stream()
                // A field without a value, such as an empty creationTimestamp, sets nothing.
                .filter(violation ->
                        !(violation.unknown() && object.at(violation.pointer()).isNull()))
                .map(violation -> finding(object, violation))
                .toList();
        List<Place> said = schema.stream().map(Finding::place).toList();
        boolean known = violations.isPresent() || BuiltIn.knows(object);
        List<Objection> objections = known ? ApiServer.objections(object, version) : List.of();
        return Stream.concat(
                        schema.stream(),
                        Stream.concat(objections.stream(), admission.objections(object).stream())
                                .filter(objection ->
                                        !said.contains(objection.source().place()))
                                // Which ports are plain TCP is only known with the pods, and then HTTP_RULE_ON_TCP
                                // says so.
                                .filter(objection -> objection.severity() != Severity.INFO || alone)
                                .map(this::finding))
                .toList();
    }

    private Finding finding(Manifest object, Violation violation) {
        Finding finding = finding(rule(violation), Source.of(object).at(violation.pointer()), violation.message());
        return mayTake(object, violation) ? finding.as(Severity.WARNING) : finding;
    }

    private Finding finding(Objection objection) {
        return finding(rule(objection), objection.source(), objection.message())
                .as(objection.severity())
                .remedy(objection.remedy());
    }

    private static Finding finding(Rule rule, Source source, String message) {
        String path = source.pointer().isEmpty()
                ? ""
                : "%s: "
                        .formatted(
                                source.pointer().substring(1).replace("~1", "/").replace('/', '.'));
        return rule.at(source, path.concat(message));
    }
}
