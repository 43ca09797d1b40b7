package io.meshwright.check.rule.object;

import com.google.auto.service.AutoService;
import io.meshwright.check.Finding;
import io.meshwright.check.Inspection;
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
 * The API server refuses an object that breaks the schema of its kind, or what it and Istio's webhook ask beyond it,
 * and drops fields that the schema does not have.
 */
@AutoService(Inspection.class)
public final class ObjectsValid implements ObjectCheck {
    public static final Rule OBJECT_INVALID = Rule.error("MESH107", "object_invalid")
            .about(Rule.Subject.OBJECT)
            .title("An object of Istio's breaks its schema or Istio's validation")
            .twins("IST0106")
            .consequence("The API server refuses it, and what is applied with it may wait.")
            .remedy("Write the value that the schema of this release takes.");

    public static final Rule FIELD_UNKNOWN = Rule.error("MESH108", "field_unknown")
            .about(Rule.Subject.FIELD_NAME)
            .title("A field does not exist in the schema of Istio's kind")
            .twins("IST0106")
            .consequence("The API server drops it, or refuses the object: the setting does nothing.")
            .remedy("Look for a misspelling, a wrong level, or a field of another release.");

    public static final Rule WEBHOOK_WARNING = Rule.warning("MESH109", "webhook_warning")
            .about(Rule.Subject.OBJECT)
            .title("Istio's validation warns of a setting")
            .twins("IST0133")
            .consequence("The API server takes the object and shows the warning to whoever applies it.")
            .remedy("Write the setting as Istio means it.");

    public static final Rule OBJECT_REFUSED = Rule.error("MESH110", "object_refused")
            .about(Rule.Subject.OBJECT)
            .title("An object breaks the schema of its kind or what the API server asks beyond it")
            .consequence("The API server refuses it, and what is applied with it may wait.")
            .remedy("Write the value that the API server takes.");

    public static final Rule FIELD_DROPPED = Rule.error("MESH113", "field_dropped")
            .about(Rule.Subject.FIELD_NAME)
            .title("A field does not exist in the schema of its kind")
            .consequence("The API server drops it, or refuses the object: the setting does nothing.")
            .remedy("Look for a misspelling, a wrong level, or a field of another version.");

    private static final String ISTIO = ".istio.io";

    @Override
    public List<Rule> rules() {
        return List.of(OBJECT_INVALID, FIELD_UNKNOWN, WEBHOOK_WARNING, OBJECT_REFUSED, FIELD_DROPPED);
    }

    @Override
    public Look look(Mesh mesh) {
        return new Validation(mesh);
    }

    /** The schema and the webhooks of one release, and the definitions among the manifests. */
    private static final class Validation implements Look {
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

        @Override
        public String facts() {
            return "Istio %s, %s".formatted(version, alone ? "no pods" : "pods");
        }

        /** A kind that is defined among the manifests is decided by its definition too. */
        @Override
        public boolean isDecidedBy(Manifest object) {
            return !custom.isGiven(object);
        }

        @Override
        public List<Finding> findings(Manifest manifest) {
            if (isEncrypted(manifest)) {
                return List.of();
            }
            Optional<List<Violation>> violations = custom.violations(manifest);
            List<Finding> schema = violations.orElseGet(() -> BuiltIn.violations(manifest)).stream()
                    // A field without a value, such as an empty creationTimestamp, sets nothing.
                    .filter(violation -> !(violation.unknown()
                            && manifest.at(violation.pointer()).isNull()))
                    .map(violation -> finding(custom, manifest, violation))
                    .toList();
            List<Place> said = schema.stream().map(Finding::place).toList();
            boolean known = violations.isPresent() || BuiltIn.knows(manifest);
            List<Objection> objections = known ? ApiServer.objections(manifest, version) : List.of();
            return Stream.concat(
                            schema.stream(),
                            Stream.concat(objections.stream(), admission.objections(manifest).stream())
                                    .filter(objection ->
                                            !said.contains(objection.source().place()))
                                    // Which ports are plain TCP is only known with the pods, and then HTTP_RULE_ON_TCP
                                    // says so.
                                    .filter(objection -> objection.severity() != Severity.INFO || alone)
                                    .map(ObjectsValid::finding))
                    .toList();
        }
    }

    /** Whoever applies a file of SOPS decrypts it first (getsops.io). */
    private static boolean isEncrypted(Manifest manifest) {
        return manifest.at("/sops/mac").isTextual();
    }

    private static Finding finding(CustomResources custom, Manifest manifest, Violation violation) {
        boolean istio = isIstio(manifest);
        Rule rule =
                violation.unknown() ? istio ? FIELD_UNKNOWN : FIELD_DROPPED : istio ? OBJECT_INVALID : OBJECT_REFUSED;
        Finding finding = finding(rule, Source.of(manifest).at(violation.pointer()), violation.message());
        // Of Istio the release is known; of others the cluster may have a later one, or fields on trial.
        boolean elsewhere = istio
                ? custom.mayTake(manifest, violation)
                : violation.unknown() && !BuiltIn.knows(manifest) && !custom.isGiven(manifest);
        return elsewhere ? finding.as(Severity.WARNING) : finding;
    }

    private static Finding finding(Objection objection) {
        Rule refused = isIstio(objection.source().manifest()) ? OBJECT_INVALID : OBJECT_REFUSED;
        Rule rule = objection.severity() == Severity.ERROR ? refused : WEBHOOK_WARNING;
        return finding(rule, objection.source(), objection.message())
                .as(objection.severity())
                .remedy(objection.remedy());
    }

    /** Only of these does istioctl say so too, and by these codes. */
    private static boolean isIstio(Manifest manifest) {
        return manifest.kind().group().endsWith(ISTIO);
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
