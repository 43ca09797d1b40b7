package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.manifest.Manifest.Origin;
import io.meshwright.manifest.Unreadable.Flaw;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Takes the Kubernetes objects out of documents, those of lists one by one, and reports what is none. */
final class ObjectExtractor {
    static final String NO_OBJECT = "document: is no Kubernetes object, for want of apiVersion or kind; leave it out";
    private static final String NO_VERSION = "apiVersion: must be a text such as \"v1\"; add it";
    private static final String LIST = "List";
    private static final String OPERATOR = "sailoperator.io/";
    private static final Pattern HELMFILE = Pattern.compile("(^|/)(helmfile[^/]*|helmfile\\.d/.+)\\.ya?ml$");
    private static final Set<String> FIELDS = Set.of(
            "apiVersion",
            "kind",
            "metadata",
            "spec",
            "status",
            "data",
            "stringData",
            "type",
            "rules",
            "roleRef",
            "subjects",
            "webhooks",
            "items");

    private final Optional<String> constructPath;
    private final List<Manifest> manifests = new ArrayList<>();
    private final List<Unreadable> unreadable = new ArrayList<>();

    ObjectExtractor(Optional<String> constructPath) {
        this.constructPath = constructPath;
    }

    ObjectExtractor extract(Document document, ParsedTexts texts) {
        for (Document.Root root : texts.roots(document, unreadable::add)) {
            if (!root.body().isNull() && document.isOfYtt()) {
                unreadable.add(new Unreadable(
                        root.place(), Flaw.TEMPLATE, "document: is a template; render it, such as by ytt"));
            } else if (!root.body().isNull()) {
                object(new Origin(document, root.index(), "", root.place()), root.body(), "", "");
            }
        }
        return this;
    }

    /** Returns what an earlier run has taken out of a document. */
    static ObjectExtractor known(List<Manifest> manifests, List<Unreadable> unreadable) {
        ObjectExtractor known = new ObjectExtractor(Optional.empty());
        known.manifests.addAll(manifests);
        known.unreadable.addAll(unreadable);
        return known;
    }

    List<Manifest> manifests() {
        return manifests;
    }

    List<Unreadable> unreadable() {
        return unreadable;
    }

    private void object(Origin origin, JsonNode body, String listVersion, String listKind) {
        // The API server leaves apiVersion and kind out of the items of a typed list.
        JsonNode version = body.path("apiVersion");
        JsonNode kind = body.path("kind");
        String apiVersion = Fields.text(version).orElse(version.isMissingNode() ? listVersion : "");
        String name = Fields.text(kind).orElse(kind.isMissingNode() ? listKind : "");
        if (body.has("$patch")) {
            complain(origin, Flaw.FOREIGN, "document: is a patch, not an object; check what Kustomize builds with it");
        } else if (Kustomizations.isUnnamed(origin.place(), body)) {
            manifests.add(new Manifest(origin, Kustomizations.VERSION, Kustomizations.KIND, body, constructPath));
        } else if (isHelmfile(origin.place(), body)) {
            manifests.add(new Manifest(
                    origin, Kind.HELMFILE.group().concat("/v1"), Kind.HELMFILE.name(), body, constructPath));
        } else if ((apiVersion.isEmpty() || name.isEmpty()) && !isMeant(body)) {
            complain(origin, Flaw.FOREIGN, NO_OBJECT);
        } else if (apiVersion.isEmpty()) {
            complain(origin, Flaw.INCOMPLETE, NO_VERSION);
        } else if (name.isEmpty()) {
            complain(origin, Flaw.INCOMPLETE, "kind: must be a text such as \"Service\"; add it");
        } else if (isProfile(apiVersion, body)) {
            complain(origin, Flaw.FOREIGN, "document: is a profile that an operator reads from a file; leave it out");
        } else if (name.endsWith(LIST) && body.path("items").isArray()) {
            items(origin, body.path("items"), apiVersion, name.substring(0, name.length() - LIST.length()));
        } else {
            manifests.add(new Manifest(origin, apiVersion, name, body, constructPath));
        }
    }

    /** True if an object is meant, though apiVersion or kind are missing; other programs' files begin much like one. */
    private static boolean isMeant(JsonNode body) {
        boolean usual = body.properties().stream().map(Map.Entry::getKey).allMatch(FIELDS::contains);
        boolean held = body.has("metadata") || body.has("spec");
        boolean said = body.has("apiVersion") || body.has("kind");
        return usual && held && (said || body.at("/metadata/name").isTextual() && body.has("spec"));
    }

    /** True if helmfile reads the file and it says which charts are installed, or from where. */
    private static boolean isHelmfile(Place place, JsonNode body) {
        return HELMFILE.matcher(place.file().replace('\\', '/')).find()
                && !body.has("apiVersion")
                && (body.path("releases").isArray() || body.path("repositories").isArray());
    }

    /** The Sail operator brings its defaults in files that have the form of its resources, less the name. */
    private static boolean isProfile(String apiVersion, JsonNode body) {
        return apiVersion.startsWith(OPERATOR) && !body.has("metadata");
    }

    private void items(Origin list, JsonNode items, String apiVersion, String kind) {
        for (int index = 0; index < items.size(); index++) {
            // Items of a plain v1 List are of any kind and must say so themselves.
            object(list.item(index), items.get(index), kind.isEmpty() ? "" : apiVersion, kind);
        }
    }

    /** True if a document names a kind and no apiVersion. */
    static boolean lacksVersion(Unreadable flaw) {
        return flaw.flaw() == Flaw.INCOMPLETE && flaw.message().equals(NO_VERSION);
    }

    private void complain(Origin origin, Flaw flaw, String message) {
        unreadable.add(new Unreadable(origin.place(), flaw, message));
    }
}
