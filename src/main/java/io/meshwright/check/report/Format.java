package io.meshwright.check.report;

import io.meshwright.check.Findings;
import java.util.Locale;
import java.util.function.Function;

/** The forms in which findings can be told; which one is asked for never changes what is found. */
public enum Format {
    /** For people, without colour. */
    TEXT(findings -> new TextReport(false).render(findings)),
    JSON(JsonReport::render),
    /** SARIF 2.1.0, as code hosts show it beside the lines. */
    SARIF(SarifReport::render),
    /** JUnit XML, as test dashboards read it. */
    JUNIT(JunitReport::render),
    /** A table for a pull request. */
    MARKDOWN(MarkdownReport::render);

    private final Function<Findings, String> report;

    Format(Function<Findings, String> report) {
        this.report = report;
    }

    /** The whole report; lines end with a line feed on every machine. */
    public String render(Findings findings) {
        return report.apply(findings);
    }

    /** The word on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
