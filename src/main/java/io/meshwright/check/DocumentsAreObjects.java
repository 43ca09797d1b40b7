package io.meshwright.check;

import com.google.auto.service.AutoService;
import io.meshwright.manifest.Unreadable;
import java.util.List;

/** A document is a Kubernetes object, and as a whole. */
@AutoService(Inspection.class)
public final class DocumentsAreObjects implements Inspection {
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
        return List.of(INCOMPLETE_OBJECT, FOREIGN_DOCUMENT);
    }

    static Finding finding(Unreadable unreadable) {
        Rule rule = unreadable.flaw() == Unreadable.Flaw.INCOMPLETE ? INCOMPLETE_OBJECT : FOREIGN_DOCUMENT;
        return rule.at(unreadable.place(), unreadable.message());
    }
}
