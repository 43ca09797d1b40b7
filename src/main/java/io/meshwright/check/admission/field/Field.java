package io.meshwright.check.admission.field;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.check.Severity;
import io.meshwright.manifest.Fields;
import io.meshwright.manifest.Manifest;
import io.meshwright.mesh.terms.IstioVersion;
import io.meshwright.mesh.terms.Source;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A field of an object under examination, with the objections to it; reads as Istio's messages do, where what is not
 * written is empty, zero or false.
 */
public final class Field {
    private final Manifest manifest;
    private final @Nullable Field parent;
    private final String key;
    private final JsonNode node;
    private final IstioVersion version;
    private final List<Objection> objections;

    private Field(
            Manifest manifest,
            @Nullable Field parent,
            String key,
            JsonNode node,
            IstioVersion version,
            List<Objection> objections) {
        this.manifest = manifest;
        this.parent = parent;
        this.key = key;
        this.node = node;
        this.version = version;
        this.objections = objections;
    }

    /** The whole object; what is said against it goes into the list. */
    public static Field of(Manifest manifest, IstioVersion version, List<Objection> objections) {
        return new Field(manifest, null, "", manifest.body(), version, objections);
    }

    public Field at(String name) {
        return child(name, node.path(name));
    }

    /** The items of a list that are written. */
    public List<Field> items() {
        List<Field> items = new ArrayList<>();
        for (int index = 0; node.isArray() && index < node.size(); index++) {
            if (!node.get(index).isNull()) {
                items.add(child(Integer.toString(index), node.get(index)));
            }
        }
        return items;
    }

    /** The values of a mapping, each under its key. */
    public List<Field> entries() {
        return Fields.entries(node).stream().map(entry -> at(entry.getKey())).toList();
    }

    private Field child(String name, JsonNode value) {
        return new Field(manifest, this, name, value, version, objections);
    }

    /** Worked out anew each time, which most fields are never asked for. */
    public Source source() {
        return parent == null ? Source.of(manifest) : parent.source().field(key);
    }

    /** Under which name the field stands in its mapping or list. */
    public String key() {
        return key;
    }

    public Manifest manifest() {
        return manifest;
    }

    public IstioVersion version() {
        return version;
    }

    public boolean isSet() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** No text, no item, no entry, or not written at all. */
    public boolean isEmpty() {
        return !isSet() || (node.isContainerNode() ? node.isEmpty() : text().isEmpty());
    }

    public int size() {
        return node.size();
    }

    public String text() {
        return isSet() ? node.asText("") : "";
    }

    public long number() {
        return node.isNumber() ? node.longValue() : 0;
    }

    /** True if a number is written, and no text of digits. */
    public boolean isNumber() {
        return node.isNumber();
    }

    /** The value as written; Jackson's missing node when it is not. */
    public JsonNode node() {
        return node;
    }

    public double real() {
        return node.isNumber() ? node.doubleValue() : 0;
    }

    public boolean isTrue() {
        return node.isBoolean() && node.booleanValue();
    }

    /** The API server does not take the object because of this. */
    public void refuse(String message, String remedy) {
        refuse(source(), message, remedy);
    }

    /** The same of a field further inside. */
    public void refuse(Source inside, String message, String remedy) {
        objections.add(new Objection(inside, Severity.ERROR, message, remedy));
    }

    /** The API server takes the object and warns whoever applies it. */
    public void warn(String message, String remedy) {
        warn(source(), message, remedy);
    }

    /** The same of a field further inside. */
    public void warn(Source inside, String message, String remedy) {
        objections.add(new Objection(inside, Severity.WARNING, message, remedy));
    }

    /** A warning that may be without a reason, because it asks what the object alone does not tell. */
    public void remark(String message, String remedy) {
        objections.add(new Objection(source(), Severity.INFO, message, remedy));
    }
}
