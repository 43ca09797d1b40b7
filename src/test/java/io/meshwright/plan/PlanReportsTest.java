package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.map.PlanHtml;
import io.meshwright.plan.change.Risk;
import io.meshwright.plan.change.Section;
import io.meshwright.plan.report.PlanJson;
import io.meshwright.plan.report.PlanMarkdown;
import io.meshwright.plan.report.PlanReport;
import io.meshwright.plan.report.PlanText;
import io.meshwright.plan.side.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The printed forms of a plan: what they hold, and what they never hold. */
class PlanReportsTest {
    private static final String SECRETS = """
            apiVersion: v1
            kind: Secret
            metadata: {name: db, namespace: shop}
            stringData: {user: PLANTED-1-%1$s, password: PLANTED-2-%1$s}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings, namespace: shop}
            data:
              api-key: PLANTED-3-%1$s
              url: https://reader:PLANTED-4-%1$s@db.example.org/
              application.properties: |
                color=%1$s
                spring.datasource.password=PLANTED-5-%1$s
              token.txt: eyJhbGciOiJIUzI1NiJ9.PLANTED-6-%1$s
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: web
              namespace: shop
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: '{"data":"PLANTED-7-%1$s"}'
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers:
                    - name: app
                      image: example.org/web:%1$s
                      args: ["--db-password=PLANTED-8-%1$s"]
                      env:
                        - {name: DB_PASSWORD, value: PLANTED-9-%1$s}
                        - {name: COLOR, value: %1$s}
            """;

    @Test
    void no_form_holds_the_value_of_a_secret() {
        PlanReport report = report(side(SECRETS.formatted("red")), side(SECRETS.formatted("blue")));

        for (String form : forms(report)) {
            assertThat(form).doesNotContain("PLANTED").contains("(hidden)", "blue");
        }
    }

    @Test
    void digests_of_images_identities_and_paths_are_no_secrets() {
        String digest = "example.org/shop/catalogue-of-everything@sha256:" + "5".repeat(64);
        String caller = "cluster.local/ns/shop-of-everything/sa/billing-of-everything-and-more";
        List<ObjectNode> edited = PlanEdits.edited(PlanEdits.base(), example("PLAN205"));
        for (ObjectNode object : edited) {
            if (PlanEdits.name(object).equals("Deployment shop/web")) {
                PlanEdits.set(object, "/spec/template/spec/containers/0/image", TextNode.valueOf(digest));
            } else if (PlanEdits.name(object).equals("AuthorizationPolicy shop/catalog")) {
                PlanEdits.set(object, "/spec/rules/0/from/0/source/principals/2", TextNode.valueOf(caller));
            }
        }

        for (String form : forms(report(PlanEdits.side(PlanEdits.base()), PlanEdits.side(edited)))) {
            assertThat(form).contains("5".repeat(64), caller).doesNotContain("(hidden)");
        }
    }

    @Test
    void no_form_holds_the_value_of_a_secret_that_only_one_side_has() {
        for (PlanReport report : List.of(
                report(side(SECRETS.formatted("red")), side("")), report(side(""), side(SECRETS.formatted("red"))))) {
            for (String form : forms(report)) {
                assertThat(form).doesNotContain("PLANTED");
            }
        }
    }

    @Test
    void text_of_manifests_is_text_in_every_form() {
        String hostile =
                "</code><script>alert(1)</script> @everyone [x](https://evil.example) ![y](//evil) `<img src=x>";
        List<ObjectNode> base = PlanEdits.base();
        List<ObjectNode> edited =
                new ArrayList<>(base.stream().map(ObjectNode::deepCopy).toList());
        edited.stream()
                .filter(object -> PlanEdits.name(object).equals("ConfigMap shop/settings"))
                .findFirst()
                .orElseThrow()
                .withObject("/data")
                .put("currency", hostile);
        PlanReport report = report(PlanEdits.side(base), PlanEdits.side(edited));

        String html = PlanHtml.of(report);
        assertThat(html).doesNotContain("<script>alert", "<img").contains("default-src 'none'");
        assertThat(html.split("</script>", -1)).hasSize(4);
        String markdown = PlanMarkdown.of(report);
        assertThat(markdown.lines().filter(line -> line.contains("@everyone")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(line.replaceAll("`[^`]*`", "")).doesNotContain("@", "](", "<"));
    }

    @Test
    void text_of_manifests_moves_no_cursor_and_begins_no_line() {
        String hostile = "web\\u001b[2J\\nrisk: none\\u202e\\u2028x";
        PlanReport report = report(side(""), side("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: "%s", namespace: shop}
                """.formatted(hostile)));

        assertThat(PlanText.of(report))
                .noneMatch(
                        line -> line.chars().anyMatch(letter -> letter < ' ' || letter == 0x202e || letter == 0x2028))
                .noneMatch(line -> line.startsWith("risk: none "));
        assertThat(PlanMarkdown.of(report))
                .doesNotContain("\u001b", "\u202e", "\u2028")
                .contains("web [2J risk: none");
    }

    @Test
    void a_workload_that_only_one_side_has_asks_nothing_on_the_other() {
        List<ObjectNode> base = PlanEdits.base();
        List<ObjectNode> without = base.stream()
                .filter(object -> !PlanEdits.name(object).equals("Deployment shop/web"))
                .toList();

        Plan added = Plan.between("", PlanEdits.side(without), PlanEdits.side(base), List.of());
        Plan removed = Plan.between("", PlanEdits.side(base), PlanEdits.side(without), List.of());

        assertThat(added.changes())
                .anyMatch(
                        change -> change.toString()
                                .startsWith(
                                        "PLAN104 GET http://catalog.shop.svc.cluster.local/ from shop/web: was nobody sends it"));
        assertThat(removed.changes()).noneMatch(change -> change.subject().contains("from shop/web"));
    }

    @Test
    void a_new_workload_is_told_once_whatever_it_reaches() {
        List<ObjectNode> base = new ArrayList<>(PlanEdits.base());
        for (int number = 0; number < 12; number++) {
            base.addAll(objects("""
                    {apiVersion: v1, kind: Service, metadata: {name: s%1$d, namespace: shop},
                     spec: {selector: {app: web}, ports: [{name: http, port: 80}]}}
                    """.formatted(number)));
        }
        List<ObjectNode> with = new ArrayList<>(base);
        with.addAll(objects("""
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: young, namespace: shop},
                 spec: {selector: {matchLabels: {app: young}}, template: {metadata: {labels: {app: young}},
                 spec: {serviceAccountName: young, containers: [{name: app, image: "example.org/young@sha256:1"}]}}}}
                """));

        Plan plan = Plan.between("", PlanEdits.side(base), PlanEdits.side(with), List.of());

        assertThat(plan.of(Section.REQUESTS)).singleElement().satisfies(change -> {
            assertThat(change.toString())
                    .startsWith("PLAN104 GET http://s0.shop.svc.cluster.local/ from shop/young: was nobody sends it")
                    .endsWith(", and 12 more");
            assertThat(change.reasons()).contains("also: 4 more");
        });
    }

    @Test
    void a_new_image_has_no_say_in_calls_whose_end_nobody_knows_and_a_new_label_has() {
        List<ObjectNode> base = new ArrayList<>(PlanEdits.base());
        base.addAll(objects("""
                {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: web, namespace: shop},
                 spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress],
                 egress: [{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}]}}
                """));

        assertThat(codes(base, "/spec/template/spec/containers/0/image", "example.org/web@sha256:9"))
                .contains("PLAN301")
                .doesNotContain("PLAN107");
        assertThat(codes(base, "/spec/template/metadata/labels/team", "shop")).contains("PLAN301", "PLAN107");
    }

    private static List<String> codes(List<ObjectNode> base, String field, String value) {
        List<ObjectNode> edited =
                new ArrayList<>(base.stream().map(ObjectNode::deepCopy).toList());
        edited.stream()
                .filter(object -> PlanEdits.name(object).equals("Deployment shop/web"))
                .forEach(web -> PlanEdits.set(web, field, TextNode.valueOf(value)));
        return Plan.between("", PlanEdits.side(base), PlanEdits.side(edited), List.of()).changes().stream()
                .map(change -> change.rule().code())
                .toList();
    }

    @Test
    void requests_through_a_gateway_of_the_gateway_api_are_asked_from_outside() {
        String mesh = """
                {apiVersion: v1, kind: Namespace, metadata: {name: shop}}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: public, namespace: shop}
                spec: {gatewayClassName: istio, listeners: [{name: http, port: 80, protocol: HTTP%2$s}]}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: web, namespace: shop}
                spec:
                  hostnames: [web.example.org]
                  parentRefs: [{name: public}]
                  rules: [{matches: [{path: {value: %1$s}}], backendRefs: [{name: web, port: 80}]}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: shop}
                spec: {selector: {app: web}, ports: [{name: http, port: 80}]}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop}
                spec:
                  selector: {matchLabels: {app: web}}
                  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: app}]}}
                """;

        Plan lost = Plan.between("", side(mesh.formatted("/", "")), side(mesh.formatted("/shop", "")), List.of());
        Plan closed = Plan.between(
                "", side(mesh.formatted("/", "")), side(mesh.formatted("/", ", hostname: web.example.org")), List.of());

        assertThat(lost.changes().toString())
                .contains("PLAN101 GET http://web.example.org/ from internet: was web.shop.svc.cluster.local:80");
        assertThat(closed.changes().toString())
                .contains(
                        "PLAN202 Gateway shop/public: every host is open at port 80 (HTTP) of gateway shop/public",
                        "PLAN201 Gateway shop/public: web.example.org is open at port 80 (HTTP) of gateway shop/public");
    }

    @Test
    void objects_of_one_file_that_lie_in_another_are_one_line() {
        String two = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\n";
        String text = two.formatted("a") + "---\n" + two.formatted("b");
        PlanReport report = report(
                side(text + "---\n" + two.formatted("c")),
                Side.of("", new ManifestReader().text("other.yaml", text).read(), Optional.empty()));

        for (String form : forms(report)) {
            assertThat(form).contains("shop.yaml");
        }
        assertThat(PlanText.of(report)).contains("  = 2 objects", "      shop.yaml → other.yaml");
    }

    @Test
    void what_check_finds_on_both_sides_is_told_apart_from_what_is_new() throws IOException {
        List<ObjectNode> wrong = PlanEdits.edited(PlanEdits.base(), example("PLAN401"));
        PlanReport report = report(PlanEdits.side(wrong), PlanEdits.side(PlanEdits.edited(wrong, example("PLAN308"))));

        for (String form : forms(report)) {
            assertThat(form).contains("MESH124").doesNotContain("PLAN401");
        }
        assertThat(PlanText.of(report))
                .anyMatch(line -> line.startsWith("  still error MESH124 VirtualService shop/shop"));
        JsonNode both = new ObjectMapper().readTree(PlanJson.of(report)).at("/plans/0/findingsAsBefore");
        assertThat(both.path("errors").asInt()).isEqualTo(1);
        assertThat(both.at("/stillErrors/0/subject").asText()).isEqualTo("VirtualService shop/shop");
    }

    @Test
    void a_list_that_is_longer_shows_what_is_new_in_it() {
        PlanReport report = report(
                PlanEdits.side(PlanEdits.base()),
                PlanEdits.side(PlanEdits.edited(PlanEdits.base(), example("PLAN205"))));

        assertThat(PlanText.of(report))
                .containsSequence(
                        "      spec.rules[0].from[0].source.principals: 2 items → 3 items",
                        "        + cluster.local/ns/shop/sa/billing");
    }

    @Test
    void a_comment_stays_below_what_github_takes() {
        String many = Stream.iterate(0, number -> number + 1)
                .limit(2000)
                .map(
                        "apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: data-%d, namespace: shop}"
                                ::formatted)
                .reduce("", "%s\n---\n%s"::formatted);

        String markdown = PlanMarkdown.of(report(side(many), side("")));

        assertThat(markdown).hasSizeLessThan(65_536).contains("in the artefact", "</details>");
    }

    @Test
    void json_says_what_the_documentation_promises() throws IOException {
        var json = new ObjectMapper()
                .readTree(PlanJson.of(report(
                        PlanEdits.side(PlanEdits.base()),
                        PlanEdits.side(PlanEdits.edited(
                                PlanEdits.base(), PlanEdits.examples().get(0).path("edit"))))));

        assertThat(json.path("version").asInt()).isEqualTo(1);
        assertThat(json.path("risk").asText()).isEqualTo("dangerous");
        assertThat(json.at("/plans/0/objects/0/change").asText()).isEqualTo("changed");
        assertThat(json.at("/plans/0/objects/0/fields/0/field").asText())
                .isEqualTo("spec.http[api].match[0].uri.prefix");
        assertThat(json.at("/plans/0/requests/0/code").asText()).isEqualTo("PLAN101");
        assertThat(json.at("/plans/0/requests/0/subject").asText())
                .isEqualTo("GET http://shop.example.org/api from internet");
    }

    @Test
    void an_acceptance_marks_a_change_and_lets_it_pass_only_when_the_caller_says_so() {
        Side after = PlanEdits.side(
                PlanEdits.edited(PlanEdits.base(), PlanEdits.examples().get(0).path("edit")));
        Plan plan = Plan.between("", PlanEdits.side(PlanEdits.base()), after, List.of());
        Acceptances trailer = Acceptances.ofCommit(
                "Kim",
                "Move the API\n\nMeshwright-Accept: PLAN101 GET http://shop.example.org/api from internet nobody calls it\n");
        PlanReport report = new PlanReport("a", "b", List.of(), List.of(plan), trailer);

        assertThat(PlanText.of(report)).anyMatch(line -> line.contains("PLAN101") && line.contains("accepted by Kim"));
        assertThat(report.risk()).isEqualTo(Risk.DANGEROUS);
        assertThat(report.open(Risk.DANGEROUS, Acceptances.none())).hasSize(1);
        assertThat(report.open(Risk.DANGEROUS, trailer)).isEmpty();
    }

    private static JsonNode example(String code) {
        for (JsonNode example : PlanEdits.examples()) {
            if (example.path("code").asText().equals(code) && !example.has("before")) {
                return example.path("edit");
            }
        }
        throw new IllegalArgumentException(code);
    }

    private static List<ObjectNode> objects(String text) {
        return ManifestReader.of("more.yaml", text).manifests().all().stream()
                .map(manifest -> (ObjectNode) manifest.body().deepCopy())
                .toList();
    }

    private static Side side(String text) {
        return Side.of("", new ManifestReader().text("shop.yaml", text).read(), Optional.empty());
    }

    private static PlanReport report(Side before, Side after) {
        return new PlanReport(
                "before", "after", List.of(), List.of(Plan.between("", before, after, List.of())), Acceptances.none());
    }

    private static List<String> forms(PlanReport report) {
        return List.of(
                String.join("\n", PlanText.of(report)),
                PlanJson.of(report),
                PlanMarkdown.of(report),
                PlanHtml.of(report));
    }
}
