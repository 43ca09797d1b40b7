package io.meshwright.check.report;

import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.check.Severity;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Findings as JUnit XML: a test suite for each file, a failed test for each error, a skipped one for what does not fail
 * the run.
 */
final class JunitReport {
    // The same manifests give the same bytes.
    private static final String NO_TIME = "0";

    private final XMLStreamWriter xml;

    private JunitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    static String render(Findings findings) {
        StringWriter text = new StringWriter();
        try {
            new JunitReport(XMLOutputFactory.newFactory().createXMLStreamWriter(text)).suites(findings);
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("junit: a text in memory is not writable", impossible);
        }
        return text.append('\n').toString();
    }

    private void suites(Findings findings) throws XMLStreamException {
        Map<String, List<Finding>> byFile = findings.all().stream()
                .collect(Collectors.groupingBy(finding -> finding.place().file(), TreeMap::new, Collectors.toList()));
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        xml.writeAttribute("name", "meshwright check");
        xml.writeAttribute("tests", Integer.toString(Math.max(1, findings.all().size())));
        xml.writeAttribute("failures", Integer.toString(findings.errors().size()));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("time", NO_TIME);
        for (Map.Entry<String, List<Finding>> file : byFile.entrySet()) {
            suite(file.getKey(), file.getValue());
        }
        if (byFile.isEmpty()) {
            clean();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    /** Dashboards take a report without any test for a failed run. */
    private void clean() throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", "meshwright check");
        counts(1, 0, 0);
        xml.writeEmptyElement("testcase");
        xml.writeAttribute("name", "no findings");
        xml.writeAttribute("classname", "meshwright");
        xml.writeAttribute("time", NO_TIME);
        xml.writeEndElement();
    }

    private void suite(String file, List<Finding> findings) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", printable(file));
        long failures = findings.stream().filter(Finding::isError).count();
        counts(findings.size(), failures, findings.size() - failures);
        for (Finding finding : findings) {
            test(finding);
        }
        xml.writeEndElement();
    }

    /** All that the schemas of Jenkins and Surefire ask for. */
    private void counts(int tests, long failures, long skipped) throws XMLStreamException {
        xml.writeAttribute("tests", Integer.toString(tests));
        xml.writeAttribute("failures", Long.toString(failures));
        xml.writeAttribute("errors", "0");
        xml.writeAttribute("skipped", Long.toString(skipped));
        xml.writeAttribute("time", NO_TIME);
    }

    private void test(Finding finding) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute(
                "name",
                printable("%s %s, line %d"
                        .formatted(
                                finding.rule().code(),
                                finding.object(),
                                finding.place().line())));
        xml.writeAttribute("classname", printable(finding.place().file()));
        xml.writeAttribute("time", NO_TIME);
        boolean failed = finding.severity() == Severity.ERROR;
        xml.writeStartElement(failed ? "failure" : "skipped");
        xml.writeAttribute("message", printable(finding.message()));
        if (failed) {
            xml.writeAttribute("type", finding.rule().code());
        }
        xml.writeCharacters(printable("%s: %s".formatted(finding.place(), finding.remedy())));
        xml.writeEndElement();
        xml.writeEndElement();
    }

    /** XML 1.0 has no way to write most control characters (www.w3.org/TR/xml/#charsets). */
    private static String printable(String text) {
        return text.codePoints()
                .map(point -> point == '\t'
                                || point == '\n'
                                || point >= 0x20 && point < 0xd800
                                || point >= 0xe000 && point != 0xfffe && point != 0xffff
                        ? point
                        : 0xfffd)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
