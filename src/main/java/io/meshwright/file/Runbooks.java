package io.meshwright.file;

import io.meshwright.incident.evidence.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The pages below docs that say what to do about an alert. */
public final class Runbooks {
    private static final String NAME = "[A-Za-z][A-Za-z0-9]{0,80}";
    private static final String ENVIRONMENT = "[a-z0-9][a-z0-9-]{0,62}";

    private final Path folder;

    public Runbooks(Path docs, String environment) {
        this.folder = environment.matches(ENVIRONMENT)
                ? docs.resolve("runbooks").resolve(environment)
                : docs.resolve("runbooks");
    }

    /** The page of an alert that has one. */
    public Optional<String> of(Evidence evidence) {
        // A name comes from outside, and must lead to no other file.
        return evidence.alert()
                .filter(each -> each.matches(NAME))
                .map(each -> folder.resolve(each.concat(".md")))
                .filter(Files::isRegularFile)
                .map(Path::toString);
    }
}
