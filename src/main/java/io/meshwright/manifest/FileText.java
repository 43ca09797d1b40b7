package io.meshwright.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of a file's documents, cut when one of them is first asked for. */
final class FileText {
    private final String name;
    private final byte[] bytes;
    private @Nullable List<Document> documents;

    FileText(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    synchronized String document(int index) {
        if (documents == null) {
            documents = Decoder.text(name, bytes, flaw -> {})
                    .map(text -> DocumentSplitter.documents(name, text))
                    .orElse(List.of());
        }
        return documents.get(index).text();
    }
}
