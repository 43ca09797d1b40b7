package io.meshwright.manifest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document with what its objects are, which is found out when it is first asked. */
final class ReadDocument {
    private final Document document;
    private final Optional<String> constructPath;
    private @Nullable ObjectExtractor extracted;

    ReadDocument(Document document, Optional<String> constructPath) {
        this.document = document;
        this.constructPath = constructPath;
    }

    /** One whose objects are known. */
    ReadDocument(Document document, ObjectExtractor extracted) {
        this(document, Optional.empty());
        this.extracted = extracted;
    }

    Document document() {
        return document;
    }

    synchronized ObjectExtractor extracted() {
        if (extracted == null) {
            extracted = new ObjectExtractor(constructPath).extract(document);
        }
        return extracted;
    }
}
