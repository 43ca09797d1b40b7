package io.meshwright.manifest;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A document with what its objects are, which is found out when it is first asked. */
final class ReadDocument {
    private final Document document;
    private final Optional<String> constructPath;
    private final ParsedTexts texts;
    private @Nullable ObjectExtractor extracted;

    ReadDocument(Document document, Optional<String> constructPath, ParsedTexts texts) {
        this.document = document;
        this.constructPath = constructPath;
        this.texts = texts;
    }

    /** One whose objects are known. */
    ReadDocument(Document document, ObjectExtractor extracted) {
        this(document, Optional.empty(), ParsedTexts.none());
        this.extracted = extracted;
    }

    Document document() {
        return document;
    }

    synchronized ObjectExtractor extracted() {
        if (extracted == null) {
            extracted = new ObjectExtractor(constructPath).extract(document, texts);
        }
        return extracted;
    }
}
