package io.meshwright.check;

import com.google.auto.service.AutoService;
import io.meshwright.manifest.Unreadable;
import java.util.List;

/** Makes findings of what the reader could not read. */
@AutoService(Inspection.class)
public final class Flaws implements Inspection {
    public static final Rule UNREADABLE_FILE = Rule.error("MESH101", "unreadable_file")
            .about(Rule.Subject.OBJECT)
            .title("A file cannot be read")
            .consequence("What it holds is neither checked nor, as it stands, applied.")
            .remedy("Save it as UTF-8 where the program may read it.");

    public static final Rule BROKEN_DOCUMENT = Rule.error("MESH102", "broken_document")
            .about(Rule.Subject.OBJECT)
            .title("A document is not YAML")
            .consequence("The API server refuses it; other documents of the file are still checked.")
            .remedy("Mend the syntax at the place named.");

    public static final Rule DUPLICATE_KEY = Rule.warning("MESH103", "duplicate_key")
            .about(Rule.Subject.OBJECT)
            .title("A key is written twice in one mapping")
            .consequence("Only the last value counts; strict clients refuse the object.")
            .remedy("Keep one of the two.");

    public static final Rule INCOMPLETE_OBJECT = Rule.error("MESH104", "incomplete_object")
            .about(Rule.Subject.OBJECT)
            .title("An object lacks apiVersion or kind")
            .consequence("The API server refuses it.")
            .remedy("Add the missing field.");

    public static final Rule FOREIGN_DOCUMENT = Rule.info("MESH105", "foreign_document")
            .about(Rule.Subject.OBJECT)
            .title("A document is no Kubernetes object")
            .consequence("It is left out of the checks.")
            .remedy("Keep values files and the like in another folder.");

    @Override
    public List<Rule> rules() {
        return List.of(UNREADABLE_FILE, BROKEN_DOCUMENT, DUPLICATE_KEY, INCOMPLETE_OBJECT, FOREIGN_DOCUMENT);
    }

    static Finding finding(Unreadable unreadable) {
        Rule rule = switch (unreadable.flaw()) {
            case FILE, ENCODING, SIZE -> UNREADABLE_FILE;
            case SYNTAX, RECURSION -> BROKEN_DOCUMENT;
            case DUPLICATE_KEY -> DUPLICATE_KEY;
            case INCOMPLETE -> INCOMPLETE_OBJECT;
            case FOREIGN, TEMPLATE -> FOREIGN_DOCUMENT;
        };
        return rule.at(unreadable.place(), unreadable.message());
    }
}
