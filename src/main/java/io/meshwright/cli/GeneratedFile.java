package io.meshwright.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A committed file that a command writes whole, such as the schema or a page of documentation. */
record GeneratedFile(Path path) {
    /** Empty where there is no file yet. */
    String text() throws IOException {
        return Files.exists(path) ? Files.readString(path) : "";
    }

    /** Replaces the file in one step; says and does nothing when it holds the text already. */
    void replaceBy(String text, Console console) throws IOException {
        if (Files.exists(path) && Files.readString(path).equals(text)) {
            return;
        }
        Files.createDirectories(path.toAbsolutePath().getParent());
        Path whole = path.resolveSibling(path.getFileName() + ".new");
        Files.writeString(whole, text);
        Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        console.news("%s: written".formatted(path));
    }
}
