package io.meshwright.check;

import io.meshwright.manifest.Kind;
import io.meshwright.manifest.Manifest;
import io.meshwright.manifest.Place;
import io.meshwright.mesh.terms.Source;
import java.util.List;
import java.util.Optional;

/**
 * Something that can be wrong, described once on the class that finds it; docs/checks.md repeats it word for word.
 *
 * @param code such as {@code MESH101}, never used for anything else again; docs/codes.txt lists those that were given
 * @param name that of the constant that holds the rule, in small letters, as reports for machines show it
 * @param severity unless a finding is weighed otherwise
 * @param subject decides what may make a finding doubtful
 * @param title one sentence without a full stop
 * @param twins codes of istioctl (IST) and Kiali (KIA) for the same, such as {@code IST0101}
 * @param consequence to traffic, in sentences
 * @param remedy in sentences
 * @param resting on what objects of other kinds say, besides the one that is blamed
 * @param ofAbsence true if it rests on a workload, or the Service of one, that is not there
 */
public record Rule(
        String code,
        String name,
        Severity severity,
        Subject subject,
        String title,
        List<String> twins,
        String consequence,
        String remedy,
        List<Kind> resting,
        boolean ofAbsence)
        implements Comparable<Rule> {
    /** The part of the manifests that a rule is broken in. */
    public enum Subject {
        /** Objects beside each other. */
        MESH,
        /** One document or object alone. */
        OBJECT,
        /** The name of a field, whatever its value. */
        FIELD_NAME
    }

    public static Rule error(String code, String name) {
        return described(code, name, Severity.ERROR);
    }

    public static Rule warning(String code, String name) {
        return described(code, name, Severity.WARNING);
    }

    public static Rule info(String code, String name) {
        return described(code, name, Severity.INFO);
    }

    private static Rule described(String code, String name, Severity severity) {
        return new Rule(code, name, severity, Subject.MESH, "", List.of(), "", "", List.of(), false);
    }

    public Rule about(Subject other) {
        return new Rule(code, name, severity, other, title, twins, consequence, remedy, resting, ofAbsence);
    }

    public Rule title(String sentence) {
        return new Rule(code, name, severity, subject, sentence, twins, consequence, remedy, resting, ofAbsence);
    }

    public Rule twins(String... codes) {
        return new Rule(code, name, severity, subject, title, List.of(codes), consequence, remedy, resting, ofAbsence);
    }

    public Rule consequence(String sentences) {
        return new Rule(code, name, severity, subject, title, twins, sentences, remedy, resting, ofAbsence);
    }

    public Rule remedy(String sentences) {
        return new Rule(code, name, severity, subject, title, twins, consequence, sentences, resting, ofAbsence);
    }

    public Rule restingOn(Kind... kinds) {
        return new Rule(code, name, severity, subject, title, twins, consequence, remedy, List.of(kinds), ofAbsence);
    }

    /** The same of a rule that is broken where a workload or its Service is not among the manifests. */
    public Rule restingOnAbsence() {
        return new Rule(code, name, severity, subject, title, twins, consequence, remedy, resting, true);
    }

    /** A breach in a field of an object. */
    public Finding at(Source source, String message) {
        return new Finding(this, severity, Optional.of(source), source.place(), message, remedy);
    }

    /** A breach in an object as a whole. */
    public Finding at(Manifest manifest, String message) {
        return at(Source.of(manifest), message);
    }

    /** A breach where no object could be read. */
    public Finding at(Place place, String message) {
        return new Finding(this, severity, Optional.empty(), place, message, remedy);
    }

    /** In the order of codes. */
    @Override
    public int compareTo(Rule other) {
        return code.compareTo(other.code);
    }

    @Override
    public String toString() {
        return "%s %s".formatted(code, name);
    }
}
