package io.meshwright.check.report;

import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The forms in which findings can be told; which one is asked for never changes what is found. */
public enum Format {
    /** For people, without colour. */
    TEXT((findings, told) ->
            new TextReport(false).render(findings.all().stream().map(told).toList())),
    JSON(JsonReport::render),
    /** SARIF 2.1.0, as code hosts show it beside the lines. */
    SARIF(SarifReport::render),
    /** JUnit XML, as test dashboards read it. */
    JUNIT((findings, told) -> JunitReport.render(findings)),
    /** A table for a pull request. */
    MARKDOWN(MarkdownReport::render);

    private final BiFunction<Findings, Function<Finding, Told>, String> report;

    Format(BiFunction<Findings, Function<Finding, Told>, String> report) {
        this.report = report;
    }

    /** The whole report; lines end with a line feed on every machine. */
    public String render(Findings findings) {
        return render(findings, Told::of);
    }

    /** The same where more is known of a finding than its object tells. */
    public String render(Findings findings, Function<Finding, Told> told) {
        return report.apply(findings, told);
    }

    /** The word on the command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
