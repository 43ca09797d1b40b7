package io.meshwright.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Kubernetes object as its file says it; fields of an unexpected type read as absent. */
public final class Manifest {
    /** The namespace where kubectl puts an object that names none. */
    public static final String DEFAULT_NAMESPACE = "default";

    private final Document document;
    private final int root;
    private final String base;
    private final Place place;
    private final String apiVersion;
    private final Kind kind;
    private final JsonNode body;
    private final String name;
    private final Optional<String> namespace;
    private final Map<String, String> labels;
    private final Map<String, String> annotations;
    private final Optional<String> constructPath;
    private final Optional<String> builder;
    private final boolean varied;

    Manifest(Origin origin, String apiVersion, String kind, JsonNode body, Optional<String> constructPath) {
        this(origin, apiVersion, kind, body, constructPath, Optional.empty(), false);
    }

    private Manifest(
            Origin origin,
            String apiVersion,
            String kind,
            JsonNode body,
            Optional<String> constructPath,
            Optional<String> builder,
            boolean varied) {
        this.document = origin.document();
        this.root = origin.root();
        this.base = origin.pointer();
        this.place = origin.place();
        this.apiVersion = apiVersion;
        this.kind = Kind.of(apiVersion, kind);
        this.body = body;
        JsonNode metadata = body.path("metadata");
        this.name = metadata.path("name").asText(metadata.path("generateName").asText(""));
        this.namespace = Fields.text(metadata.path("namespace"));
        this.labels = Fields.strings(metadata.path("labels"));
        this.annotations = Fields.strings(metadata.path("annotations"));
        this.constructPath = constructPath;
        this.builder = builder;
        this.varied = varied;
    }

    /** The place at which an object was read: in which root of which document, below which pointer. */
    record Origin(Document document, int root, String pointer, Place place) {
        Origin item(int index) {
            String item = "%s/items/%d".formatted(pointer, index);
            return new Origin(document, root, item, document.place(root, item));
        }
    }

    Origin origin() {
        return new Origin(document, root, base, place);
    }

    /** The same object, made by the construct at this path. */
    public Manifest madeBy(String path) {
        return new Manifest(origin(), apiVersion, kind.name(), body, Optional.of(path), builder, varied);
    }

    /** The same object as something says it that changes objects before they are applied, or as a change would. */
    public Manifest saying(JsonNode changed) {
        return new Manifest(origin(), apiVersion, kind.name(), changed, constructPath, builder, varied);
    }

    /** The same object as the kustomization of a folder builds it, upon which none builds. */
    Manifest builtIn(String folder) {
        return new Manifest(origin(), apiVersion, kind.name(), body, constructPath, Optional.of(folder), varied);
    }

    /** The folder from which it is applied: of the kustomization that builds it at last, else of its file. */
    public String folder() {
        return builder.orElseGet(() -> KustomizeBuild.normal(place.file().concat("/..")));
    }

    /** True if a kustomization among the files builds it, and nothing that they say of it is left to be done. */
    public boolean isBuilt() {
        return builder.isPresent();
    }

    public String apiVersion() {
        return apiVersion;
    }

    public Kind kind() {
        return kind;
    }

    /** The name, else the generateName, else an empty text. */
    public String name() {
        return name;
    }

    /** The namespace as written. */
    public Optional<String> namespace() {
        return namespace;
    }

    /** The namespace in which a namespaced object lands: as written, else {@value #DEFAULT_NAMESPACE}. */
    public String home() {
        return namespace.orElse(DEFAULT_NAMESPACE);
    }

    /** In the order written; unmodifiable. */
    public Map<String, String> labels() {
        return labels;
    }

    /** The same object, of which other kustomizations make another version. */
    Manifest varied() {
        return new Manifest(origin(), apiVersion, kind.name(), body, constructPath, builder, true);
    }

    /** True if it is one of the versions that several kustomizations make of one file. */
    public boolean isVaried() {
        return varied;
    }

    /** True if it is encrypted by SOPS, so that whoever applies it decrypts its values first (getsops.io). */
    public boolean isEncrypted() {
        return at("/sops/mac").isTextual();
    }

    /** In the order written; unmodifiable. */
    public Map<String, String> annotations() {
        return annotations;
    }

    /** The whole object; not to be changed. */
    public JsonNode body() {
        return body;
    }

    /** The field at a JSON Pointer, or Jackson's missing node. */
    public JsonNode at(String pointer) {
        return body.at(Pointers.compiled(pointer));
    }

    /** The texts of a list at a JSON Pointer. */
    public List<String> texts(String pointer) {
        return Fields.texts(at(pointer));
    }

    /** The text at a JSON Pointer, unless it is empty. */
    public Optional<String> text(String pointer) {
        return Fields.text(at(pointer));
    }

    /** Place at which the object begins. */
    public Place place() {
        return place;
    }

    /**
     * Place of the field at a JSON Pointer, or else of its nearest ancestor that is written; a key for a field, the
     * value for a list item.
     */
    public Place place(String pointer) {
        return document.place(root, base.concat(pointer));
    }

    /** The construct that made the object, when the reader's caller said so. */
    public Optional<String> constructPath() {
        return constructPath;
    }

    /** {@code VirtualService shop/reviews}; without the namespace when none is written. */
    @Override
    public String toString() {
        return namespace
                .map(space -> "%s %s/%s".formatted(kind.name(), space, name))
                .orElseGet(() -> "%s %s".formatted(kind.name(), name));
    }
}
