package io.meshwright.check;

import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Place;
import io.meshwright.manifest.packed.Packer;
import io.meshwright.manifest.packed.Unpacker;
import io.meshwright.mesh.terms.Source;
import java.util.Optional;

/**
 * A finding without its object, in whose file it is.
 *
 * @param line from 1, as column is
 */
record KnownFinding(Rule rule, Severity severity, String pointer, int line, int column, String message, String remedy) {
    private static final Severity[] SEVERITIES = Severity.values();

    /** True if the finding says nothing about another object or file. */
    static boolean isOn(Manifest object, Finding finding) {
        return finding.manifest().filter(found -> found == object).isPresent()
                && finding.place().file().equals(object.place().file());
    }

    static KnownFinding of(Finding finding) {
        return new KnownFinding(
                finding.rule(),
                finding.severity(),
                finding.source().map(Source::pointer).orElse(""),
                finding.place().line(),
                finding.place().column(),
                finding.message(),
                finding.remedy());
    }

    Finding on(Manifest object) {
        Place place = new Place(object.place().file(), line, column);
        return new Finding(rule, severity, Optional.of(new Source(object, pointer)), place, message, remedy);
    }

    @SuppressWarnings("EnumOrdinal") // only the program that wrote it reads it
    void pack(Packer to) {
        to.text(rule.code())
                .number(severity.ordinal())
                .text(pointer)
                .number(line)
                .number(column)
                .text(message)
                .text(remedy);
    }

    static KnownFinding unpacked(Unpacker from) {
        return new KnownFinding(
                Catalogue.rule(from.text()).orElseThrow(),
                SEVERITIES[from.number()],
                from.text(),
                from.number(),
                from.number(),
                from.text(),
                from.text());
    }
}
