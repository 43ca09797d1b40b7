package io.meshwright.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.meshwright.check.Checks;
import io.meshwright.check.DocumentsAreYaml;
import io.meshwright.check.Findings;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Place;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FormatTest {
    private static final Findings NONE = new Findings(List.of());
    private static final Findings ONE = Checks.run(
            new ManifestReader().text("a b/web.yaml", """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: web, namespace: shop}
                spec:
                  hosts: [web.example.com]
                  gateways: [gone]
                  http: [{directResponse: {status: 200}}]
                ---
                {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                """, "azure/shop/web").read(), Optional.empty());

    private static final String BROKEN = """
        apiVersion: networking.istio.io/v1
        kind: VirtualService
        metadata: {name: "web", namespace: shop}
        spec:
          hosts: [web.example.com, "*"]
          gateways: [gone, lost]
          http: [{route: [{destination: {host: no}, weight: 10}]}, {directResponse: {status: 2}}]
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {a: b}}}
        ---
        replicas: 3
        """;
    private static final Findings MANY = Checks.run(
            new ManifestReader().text("a/b.yaml", BROKEN).text("c.yaml", "a: [").read(), Optional.empty());

    @Test
    void text_groups_by_file_and_tells_code_object_remedy_and_construct() {
        assertThat(Format.TEXT.render(ONE))
                .startsWith("a b/web.yaml\n"
                        + "  6:14 error MESH121 (IST0101, IST0132, KIA1102, KIA1401) VirtualService shop/web\n")
                .contains("    remedy: Name a Gateway", "    made by: azure/shop/web\n")
                .endsWith("\n1 error, 0 warnings, 0 notes\n")
                .doesNotContain("\u001b");
    }

    @Test
    void text_is_coloured_for_a_terminal_only() {
        assertThat(new TextReport(true).render(ONE)).contains("\u001b[31merror\u001b[0m");
    }

    @Test
    void json_holds_the_object_and_the_place_of_each_finding() throws Exception {
        JsonNode report = new ObjectMapper().readTree(Format.JSON.render(ONE));

        assertThat(report.at("/errors").asInt()).isEqualTo(1);
        assertThat(report.at("/findings/0/object/name").asText()).isEqualTo("web");
        assertThat(report.at("/findings/0/line").asInt()).isEqualTo(6);
        assertThat(report.at("/findings/0/construct").asText()).isEqualTo("azure/shop/web");
    }

    @Test
    void sarif_points_from_each_result_to_its_rule_and_line() throws Exception {
        JsonNode run = new ObjectMapper().readTree(Format.SARIF.render(ONE)).at("/runs/0");

        assertThat(run.at("/tool/driver/rules/0/id").asText()).isEqualTo("MESH121");
        assertThat(run.at("/results/0/ruleIndex").asInt()).isZero();
        assertThat(run.at("/results/0/level").asText()).isEqualTo("error");
        assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri")
                        .asText())
                .isEqualTo("a%20b/web.yaml");
        assertThat(run.at("/results/0/locations/0/physicalLocation/region/startLine")
                        .asInt())
                .isEqualTo(6);
    }

    @Test
    void sarif_obeys_the_schema_of_its_standard() throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(FormatTest.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json"));

        assertThat(schema.validate(new ObjectMapper().readTree(Format.SARIF.render(MANY))))
                .isEmpty();
        assertThat(schema.validate(new ObjectMapper().readTree(Format.SARIF.render(NONE))))
                .isEmpty();
        assertThat(schema.validate(new ObjectMapper().readTree("{\"version\": \"2.1.0\"}")))
                .isNotEmpty();
    }

    @Test
    void sarif_has_what_code_hosts_ask_for() throws Exception {
        JsonNode run = new ObjectMapper().readTree(Format.SARIF.render(MANY)).at("/runs/0");

        assertThat(run.at("/tool/driver/rules")).isNotEmpty().allSatisfy(rule -> {
            assertThat(rule.at("/help/text").asText()).isNotEmpty();
            assertThat(rule.at("/shortDescription/text").asText()).isNotEmpty();
            assertThat(rule.at("/defaultConfiguration/level").asText()).isIn("error", "warning", "note");
            assertThat(rule.at("/properties/problem.severity").asText()).isIn("error", "warning", "recommendation");
        });
        assertThat(run.at("/results")).isNotEmpty().allSatisfy(result -> {
            assertThat(result.at("/locations/0/physicalLocation/region/startLine")
                            .asInt())
                    .isPositive();
            assertThat(result.at("/locations/0/physicalLocation/artifactLocation/uri")
                            .asText())
                    .doesNotStartWith("/");
            assertThat(run.at("/tool/driver/rules")
                            .get(result.at("/ruleIndex").asInt())
                            .at("/id"))
                    .isEqualTo(result.at("/ruleId"));
        });
        assertThat(run.at("/results").findValuesAsText("primaryLocationLineHash"))
                .doesNotHaveDuplicates()
                .hasSameSizeAs(MANY.all());
    }

    @Test
    void sarif_knows_a_finding_again_when_lines_are_added_above_it() throws Exception {
        assertThat(fingerprints("")).isEqualTo(fingerprints("# a comment\n\n")).isNotEmpty();
    }

    private static List<String> fingerprints(String above) throws Exception {
        Findings findings = Checks.run(ManifestReader.of("web.yaml", above.concat(BROKEN)), Optional.empty());
        return new ObjectMapper().readTree(Format.SARIF.render(findings)).findValuesAsText("primaryLocationLineHash");
    }

    @Test
    void sarif_names_a_file_by_a_relative_reference_or_a_whole_uri() {
        Findings far =
                new Findings(List.of(DocumentsAreYaml.BROKEN_DOCUMENT.at(Place.of("/tmp/a b.yaml"), "it is broken")));

        assertThat(Format.SARIF.render(far)).contains("\"uri\" : \"file:///tmp/a%20b.yaml\"");
    }

    @Test
    void junit_counts_and_attributes_are_those_of_the_usual_schemas() throws Exception {
        for (Findings findings : List.of(NONE, ONE, MANY)) {
            Element suites = xml(Format.JUNIT.render(findings));
            NodeList all = suites.getElementsByTagName("testsuite");
            int tests = 0;
            for (int index = 0; index < all.getLength(); index++) {
                Element suite = (Element) all.item(index);
                assertThat(attributes(suite))
                        .containsExactlyInAnyOrder("name", "tests", "failures", "errors", "skipped", "time");
                assertThat(suite.getAttribute("tests")).isEqualTo(count(suite, "testcase"));
                assertThat(suite.getAttribute("failures")).isEqualTo(count(suite, "failure"));
                assertThat(suite.getAttribute("skipped")).isEqualTo(count(suite, "skipped"));
                tests += Integer.parseInt(suite.getAttribute("tests"));
            }
            assertThat(attributes(suites)).containsExactlyInAnyOrder("name", "tests", "failures", "errors", "time");
            assertThat(suites.getAttribute("tests")).isEqualTo(Integer.toString(tests));
            assertThat(suites.getAttribute("failures")).isEqualTo(count(suites, "failure"));
            cases(suites)
                    .forEach(test ->
                            assertThat(attributes(test)).containsExactlyInAnyOrder("name", "classname", "time"));
        }
    }

    private static List<Element> cases(Element suites) {
        NodeList all = suites.getElementsByTagName("testcase");
        return IntStream.range(0, all.getLength())
                .mapToObj(index -> (Element) all.item(index))
                .toList();
    }

    private static List<String> attributes(Element element) {
        NamedNodeMap all = element.getAttributes();
        return IntStream.range(0, all.getLength())
                .mapToObj(index -> all.item(index).getNodeName())
                .toList();
    }

    private static String count(Element element, String name) {
        return Integer.toString(element.getElementsByTagName(name).getLength());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a|b", "a`b", "a\nb", "[x](javascript:y)", "<script>", "*a*", "a\\|b", "&lt;"})
    void markdown_shows_any_text_in_one_cell_and_lets_none_act(String hostile) {
        Findings findings = new Findings(List.of(DocumentsAreYaml.BROKEN_DOCUMENT.at(Place.of(hostile), hostile)));
        List<String> rows = Format.MARKDOWN.render(findings).lines().skip(4).toList();

        assertThat(rows).hasSize(1);
        String active = rows.get(0).replaceAll("\\\\.", "");
        assertThat(active.chars().filter(character -> character == '|').count()).isEqualTo(7);
        assertThat(active.split("\\|")[4]).doesNotContain("<", ">", "`", "[", "*");
    }

    @Test
    void markdown_leaves_the_name_of_a_file_as_it_is() {
        Findings findings = new Findings(
                List.of(DocumentsAreYaml.BROKEN_DOCUMENT.at(Place.of("my_app/web*.yaml"), "it is broken")));

        assertThat(Format.MARKDOWN.render(findings)).contains("`my_app/web*.yaml:1:1`");
    }

    @Test
    void text_lets_no_manifest_steer_the_terminal() {
        Findings findings = new Findings(
                List.of(DocumentsAreYaml.BROKEN_DOCUMENT.at(Place.of("a\u001b[2J.yaml"), "b\u001b[31m\r\nc")));

        assertThat(new TextReport(false).render(findings))
                .doesNotContain("\u001b", "\r")
                .hasLineCount(6);
    }

    @Test
    void junit_fails_a_test_for_each_error() throws Exception {
        Element suites = xml(Format.JUNIT.render(ONE));

        assertThat(suites.getAttribute("failures")).isEqualTo("1");
        assertThat(suites.getElementsByTagName("failure").getLength()).isEqualTo(1);
    }

    @Test
    void junit_has_a_passing_test_when_nothing_is_found() throws Exception {
        Element suites = xml(Format.JUNIT.render(NONE));

        assertThat(suites.getElementsByTagName("testcase").getLength()).isEqualTo(1);
        assertThat(suites.getElementsByTagName("failure").getLength()).isZero();
    }

    @Test
    void markdown_is_a_table_whose_cells_hold_no_bars() {
        Findings barred = new Findings(
                List.of(DocumentsAreYaml.BROKEN_DOCUMENT.at(Place.of("web.yaml"), "it begins with a|bar")));
        String row = Format.MARKDOWN
                .render(barred)
                .lines()
                .filter(line -> line.contains("MESH102"))
                .findFirst()
                .orElseThrow();

        assertThat(row.replace("\\|", "")
                        .chars()
                        .filter(character -> character == '|')
                        .count())
                .isEqualTo(7);
        assertThat(row).contains("a\\|bar");
    }

    private static Element xml(String text) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(text)))
                .getDocumentElement();
    }
}
