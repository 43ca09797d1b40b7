package io.meshwright.check;

import com.google.auto.service.AutoService;
import io.meshwright.manifest.Unreadable;
import java.util.List;

/** A file among the manifests can be read. */
@AutoService(Inspection.class)
public final class FilesReadable implements Inspection {
    public static final Rule UNREADABLE_FILE = Rule.error("MESH101", "unreadable_file")
            .about(Rule.Subject.OBJECT)
            .title("A file cannot be read")
            .consequence("What it holds is neither checked nor, as it stands, applied.")
            .remedy("Save it as UTF-8 where the program may read it.");

    @Override
    public List<Rule> rules() {
        return List.of(UNREADABLE_FILE);
    }

    static Finding finding(Unreadable unreadable) {
        return UNREADABLE_FILE.at(unreadable.place(), unreadable.message());
    }
}
