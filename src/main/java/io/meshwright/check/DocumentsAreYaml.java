package io.meshwright.check;

import com.google.auto.service.AutoService;
import io.meshwright.manifest.Unreadable;
import java.util.List;

/** A document is YAML, and says each key once. */
@AutoService(Inspection.class)
public final class DocumentsAreYaml implements Inspection {
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

    @Override
    public List<Rule> rules() {
        return List.of(BROKEN_DOCUMENT, DUPLICATE_KEY);
    }

    static Finding finding(Unreadable unreadable) {
        Rule rule = unreadable.flaw() == Unreadable.Flaw.DUPLICATE_KEY ? DUPLICATE_KEY : BROKEN_DOCUMENT;
        return rule.at(unreadable.place(), unreadable.message());
    }
}
