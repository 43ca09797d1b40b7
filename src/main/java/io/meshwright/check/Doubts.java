package io.meshwright.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Kind;
import io.meshwright.manifest.KustomizedFiles;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Manifests;
import io.meshwright.manifest.Unreadable;
import io.meshwright.mesh.install.OtherCharts;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Weighs errors by what manifests cannot tell: values that something fills in later, what Kustomize adds, and which of
 * several versions of an object is applied.
 */
final class Doubts {
    // Helm and Go templates, Flux, envsubst and shells, Kustomize's vars, marks of test suites, and words that
    // people leave to be replaced.
    private static final Pattern LATER = Pattern.compile(
            "\\{\\{|\\$\\{|\\$\\(|\\$[A-Z][A-Z_]+|\\$\\$\\w+\\$\\$|\\{[A-Z][A-Z_]+}|<[\\w.* -]*[A-Za-z][\\w.* -]*>"
                    + "|__[A-Z_]+__|^\\.\\.\\.$|(?i:placeholder)|REPLACE[\\w -]|[\\w-]REPLACE|CHANGE_?ME|\\b(?i:your)[-_]|goes here"
                    + "|[A-Z]+_[A-Z_]+\\.|\\.[A-Z]+_[A-Z_]+");
    // No name in a cluster has capital letters or underscores; other values of that form, such as enums, are mistakes.
    private static final Pattern NAME_TO_FILL_IN = Pattern.compile(
            "[A-Z]+(_[A-Z0-9]+)+(-[a-z]+)*"
                    + "|(app|cluster|gateway|httproute|ingress|service|target)_(address|domain|host|name|namespace|port|secret)");
    private static final Pattern WHOLLY_LATER = Pattern.compile("^(\\$\\{[^}]*}|\\$\\([^)]*\\)|\\{\\{[^}]*}}|<[^>]*>)$"
            + "|\\.[A-Z]+(_[A-Z]+)+(\\.|$)|^[A-Z]+(_[A-Z]+)+\\.");
    private static final Pattern NAMES = Pattern.compile(
            "(?<!/env/\\d{1,4})/(name|namespace|host|hosts/\\d+|hostnames/\\d+|externalName|secretName|targetPort"
                    + "|address|addresses/\\d+(/value)?)$");
    // No field of Kubernetes is written so.
    private static final Pattern WORDS = Pattern.compile("[A-Za-z]+([-_][A-Za-z]+)+");
    // A host that no chart makes a Service of.
    private static final Pattern OUTSIDE = Pattern.compile("(?!.*\\.svc(\\.|$))[\\w*-]+(\\.[\\w-]+)+");
    // A mount names its volume, and it is the volume that may be missing.
    private static final Pattern MOUNT = Pattern.compile("/volumeMounts/\\d+/name$");

    private static final Set<Kind> WORKLOADS =
            Set.of(Kind.DEPLOYMENT, Kind.STATEFUL_SET, Kind.DAEMON_SET, Kind.REPLICA_SET);

    private final Manifests manifests;
    private final Overlays overlays;
    private final DeliveredPatches delivered;
    private final KustomizedFiles kustomized;
    private final UnreadParts unread;
    private final OtherCharts charts;
    private final ValuesBeside values;
    private final Map<Kind, Boolean> varied = new ConcurrentHashMap<>();

    Doubts(Manifests manifests, List<Unreadable> unread) {
        this.manifests = manifests;
        this.unread = new UnreadParts(unread);
        this.charts = new OtherCharts(manifests);
        this.values = new ValuesBeside(manifests, unread);
        this.overlays = new Overlays(manifests);
        this.delivered = new DeliveredPatches(manifests);
        this.kustomized = new KustomizedFiles(manifests);
    }

    Finding weighed(Finding finding) {
        if (finding.source().isEmpty()) {
            return finding;
        }
        Source source = finding.source().get();
        if (source.manifest().isEncrypted() && finding.severity() != Severity.INFO) {
            return finding.as(Severity.INFO)
                    .saying("as it is encrypted, %s".formatted(finding.message()))
                    .remedy("Check what SOPS decrypts of the file.");
        }
        if (finding.severity() != Severity.INFO && kustomized.isLeftOut(source.manifest())) {
            return finding.as(Severity.INFO)
                    .saying("in a file that no kustomization reads, %s".formatted(finding.message()))
                    .remedy("Remove the file, or list it in the kustomization beside it.");
        }
        Rule.Subject subject = finding.rule().subject();
        if (subject == Rule.Subject.MESH
                && finding.severity() != Severity.INFO
                && overlays.isPartial(source.manifest().place().file())) {
            return finding.as(Severity.INFO)
                    .saying("as far as it is read here, %s".formatted(finding.message()))
                    .remedy("Check what Kustomize builds with the file: it adds what is not among the manifests.");
        }
        if (subject == Rule.Subject.MESH
                && finding.severity() != Severity.INFO
                && unread.areBeside(source.manifest().place().file())) {
            return finding.as(Severity.INFO)
                    .saying("as far as the documents beside it can be read, %s".formatted(finding.message()))
                    .remedy("Mend or render the documents that could not be read, and check what they become.");
        }
        if (finding.rule().ofAbsence()
                && finding.severity() != Severity.INFO
                && values.lieIn(source.manifest().home())
                && !OUTSIDE.matcher(source.value().asText("")).matches()) {
            return finding.as(Severity.INFO)
                    .saying("before the charts are rendered whose values lie there, %s".formatted(finding.message()))
                    .remedy("Check what the charts make, or declare it in an Externals object.");
        }
        if (finding.severity() != Severity.INFO
                && finding.rule().resting().stream().anyMatch(delivered::areFor)) {
            return finding.as(Severity.INFO)
                    .saying("before what delivers it patches what it rests on, %s".formatted(finding.message()))
                    .remedy("Check what Flux or Argo CD makes of the objects that it patches.");
        }
        if (finding.severity() != Severity.INFO && delivered.touch(source.manifest(), source.pointer())) {
            return finding.as(Severity.INFO)
                    .saying("before what delivers it patches it, %s".formatted(finding.message()))
                    .remedy("Check what Flux or Argo CD makes of the objects that it patches.");
        }
        if (finding.severity() != Severity.INFO && restsOnVaried(finding, source)) {
            return finding.as(Severity.INFO)
                    .saying("as far as it is written here, %s".formatted(finding.message()))
                    .remedy("Check what each kustomization builds, and what something fills in later.");
        }
        if (!finding.isError()) {
            return finding.severity() == Severity.WARNING && isToFillIn(source)
                    ? finding.as(Severity.INFO)
                            .saying("as it stands, %s".formatted(finding.message()))
                            .remedy("Let what fills in the value write it first.")
                    : finding;
        }
        boolean ofValue = subject != Rule.Subject.FIELD_NAME;
        if (LATER.matcher(source.manifest().toString()).find() || isFilledIn(source, ofValue)) {
            return finding.as(Severity.INFO)
                    .saying("as it stands, %s".formatted(finding.message()))
                    .remedy("Check what is applied: render the template, or let what fills in the value write it"
                            + " first.");
        }
        if (subject == Rule.Subject.OBJECT && (isCompleted(source) || overlays.transform(source.manifest()))) {
            return finding.as(Severity.INFO)
                    .saying("as it stands, %s".formatted(finding.message()))
                    .remedy("Check what Kustomize builds with the file.");
        }
        if (subject == Rule.Subject.OBJECT
                && (isPart(source.manifest()) && !kustomized.isRead(source.manifest())
                        || isLaidOver(source.manifest()))) {
            return finding.as(Severity.INFO)
                    .saying("unless it is a part of an object that is there, %s".formatted(finding.message()))
                    .remedy("Check what it is applied to: kubectl patch and apply add it to what the cluster has.");
        }
        Manifest object = source.manifest();
        int versions = manifests.versions(object.kind(), object.home(), object.name());
        return versions < 2 || subject != Rule.Subject.MESH
                ? finding
                : finding.as(Severity.WARNING)
                        .saying("%s; this is one of %d versions of the object".formatted(finding.message(), versions));
    }

    /** True if it is a workload that runs no image and selects no pods: a change of one that others installed. */
    private static boolean isPart(Manifest object) {
        JsonNode containers = object.at("/spec/template/spec/containers");
        return WORKLOADS.contains(object.kind())
                && object.at("/spec/selector").isMissingNode()
                && StreamSupport.stream(containers.spliterator(), false)
                        .allMatch(container -> container.path("image").isMissingNode());
    }

    /** True if it is a workload without any container, where a chart may have made the one that it changes. */
    private boolean isLaidOver(Manifest object) {
        return WORKLOADS.contains(object.kind())
                && object.at("/spec/template/spec").isObject()
                && !object.at("/spec/template/spec").has("containers")
                && charts.within(object.home()).isPresent();
    }

    /** True if other kustomizations make something else of what the finding rests on, or somebody fills it in later. */
    private boolean restsOnVaried(Finding finding, Source source) {
        Manifest blamed = source.manifest();
        return finding.rule().resting().stream().anyMatch(kind -> {
            if (blamed.kind().equals(kind)) {
                return blamed.isVaried();
            }
            List<Manifest> named = manifests.kind(kind).stream()
                    .filter(object -> names(source, object))
                    .toList();
            return named.isEmpty()
                    ? varied.computeIfAbsent(kind, this::isVaried)
                    : named.stream().anyMatch(Doubts::isVaried);
        });
    }

    /** True if what is wrong is a reference to the object: what becomes of others does not matter then. */
    private static boolean names(Source source, Manifest object) {
        JsonNode value = source.value();
        String name = value.isTextual() ? value.asText() : value.path("name").asText("");
        String namespace = value.path("namespace").asText(source.manifest().home());
        return name.equals(object.name()) && namespace.equals(object.home());
    }

    private boolean isVaried(Kind kind) {
        return manifests.kind(kind).stream().anyMatch(Doubts::isVaried);
    }

    private static boolean isVaried(Manifest object) {
        return object.isVaried() || LATER.matcher(object.at("/spec").toString()).find();
    }

    /** True if something later writes the value, or the name of the field where no value makes it known. */
    private static boolean isFilledIn(Source source, boolean ofValue) {
        if (!ofValue) {
            return LATER.matcher(source.pointer()).find();
        }
        JsonNode value = source.value();
        // What is wrong with a mapping as a whole may lie in any of its own values.
        return isWordInBraces(value)
                || Stream.concat(Stream.of(value), StreamSupport.stream(value.spliterator(), false))
                        .anyMatch(part -> LATER.matcher(part.asText("")).find())
                || isNameToFillIn(source);
    }

    /** True if it is a text of which nothing is known yet, or a name with a label that no cluster has. */
    private static boolean isToFillIn(Source source) {
        return source.value().isTextual()
                && (WHOLLY_LATER.matcher(source.value().asText()).find() || isNameToFillIn(source));
    }

    private static boolean isNameToFillIn(Source source) {
        JsonNode value = source.value().has("value") ? source.value().path("value") : source.value();
        return NAMES.matcher(source.pointer()).find()
                && NAME_TO_FILL_IN.matcher(value.asText("")).matches();
    }

    /** True if it is {some-word}, which to YAML is a key without a value. */
    private static boolean isWordInBraces(JsonNode value) {
        return value.isObject()
                && value.size() == 1
                && value.elements().next().isNull()
                && WORDS.matcher(value.fieldNames().next()).matches();
    }

    /** True if Kustomize may add what is missing; it seldom replaces a value that is written. */
    private boolean isCompleted(Source source) {
        Manifest object = source.manifest();
        return (object.at(source.pointer()).isObject()
                        || MOUNT.matcher(source.pointer()).find())
                && (overlays.complete(object) || delivered.areFor(object.kind()));
    }
}
