package io.meshwright.check.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.check.Rule;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Place;
import java.io.StringReader;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class FormatTest {

  private static final Findings NONE = new Findings(List.of());
  private static final Findings ONE = Checks.run(new ManifestReader().text("a b/web.yaml", """
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

  @Test
  void text_groups_by_file_and_tells_code_object_remedy_and_construct() {
    assertThat(Format.TEXT.render(ONE))
        .startsWith("a b/web.yaml\n  6:14 error MESH121 (IST0101, IST0132, KIA1102) VirtualService shop/web\n")
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
    assertThat(run.at("/results/0/locations/0/physicalLocation/artifactLocation/uri").asText())
        .isEqualTo("a%20b/web.yaml");
    assertThat(run.at("/results/0/locations/0/physicalLocation/region/startLine").asInt()).isEqualTo(6);
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
    Findings barred = new Findings(List.of(Rule.BROKEN_DOCUMENT.at(Place.of("web.yaml"), "it begins with a|bar")));
    String row = Format.MARKDOWN.render(barred).lines().filter(line -> line.contains("MESH102")).findFirst()
        .orElseThrow();

    assertThat(row.replace("\\|", "").chars().filter(character -> character == '|').count()).isEqualTo(7);
    assertThat(row).contains("a\\|bar");
  }

  private static Element xml(String text) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(text)))
        .getDocumentElement();
  }
}
