package io.meshwright.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.meshwright.Fixtures;
import io.meshwright.check.Checks;
import io.meshwright.check.Findings;
import io.meshwright.manifest.ManifestReader;
import io.meshwright.manifest.Reading;
import io.meshwright.map.serve.MapServer;
import io.meshwright.map.serve.MapSource;
import io.meshwright.mesh.Mesh;
import io.meshwright.plan.Acceptances;
import io.meshwright.plan.Plan;
import io.meshwright.plan.PlanEdits;
import io.meshwright.plan.report.PlanHtml;
import io.meshwright.plan.report.PlanReport;
import io.meshwright.plan.side.Side;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The map as a real browser shows it; skipped where there is no Chromium. */
class MapInBrowserTest {
    @TempDir
    Path folder;

    private Optional<String> browser = Optional.empty();

    @BeforeEach
    void finds_a_browser() {
        browser = Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .map(path -> Path.of(path, "chromium"))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        assumeThat(browser).as("chromium is not on the path").isPresent();
    }

    @Test
    void opens_without_an_error_and_draws_every_node() throws IOException {
        String shown = shown(MapPageTest.page("azure"), "");

        assertThat(shown).contains("data-ready=\"").doesNotContain(":CONSOLE:");
        assertThat(shown).contains("workload frontend/frontend</button>");
    }

    @Test
    void shows_what_is_searched_chosen_and_followed() throws IOException {
        String page = MapPageTest.page("azure");

        assertThat(shown(page, "#search=keycloak"))
                .contains("service keycloak/keycloak</button>")
                .doesNotContain("workload frontend/frontend</button>");
        assertThat(shown(page, "#node=host%20app.buildingbite.com"))
                .contains("<h2>host app.buildingbite.com</h2>", "VirtualService frontend/app-buildingbite-com");
        assertThat(shown(page, "#request=GET%20https://app.buildingbite.com/"))
                .contains("<h3>Verdict</h3>", "delivered to frontend.frontend.svc.cluster.local:80");
    }

    @Test
    void whoever_uses_a_keyboard_or_a_screen_reader_can_work_with_it() throws IOException {
        String plan = PlanHtml.of(plan(
                PlanEdits.side(PlanEdits.base()),
                PlanEdits.side(PlanEdits.edited(
                        PlanEdits.base(), PlanEdits.examples().get(0).path("edit")))));

        for (String page : List.of(MapPageTest.page("azure"), plan)) {
            assertThat(shown(withAxe(page), "#search=shop")).contains("data-axe=\"[]\"");
        }
    }

    /** The page with axe-core in it, which writes its serious complaints into the document. */
    private static String withAxe(String page) throws IOException {
        try (InputStream axe = MapInBrowserTest.class.getResourceAsStream("/axe.min.js")) {
            String script = new String(axe.readAllBytes(), StandardCharsets.UTF_8);
            return page.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                    .replace("</body>", """
                            <script>%s</script>
                            <script>
                            axe.run().then((found) => {
                              const bad = found.violations.filter((rule) => ['serious', 'critical'].includes(rule.impact));
                              document.body.dataset.axe = JSON.stringify(
                                  bad.map((rule) => `${rule.id} ${rule.nodes.map((node) => node.html).join(' ')}`));
                            });
                            </script>
                            </body>""".formatted(script.replace("</script>", "<\\/script>")));
        }
    }

    @Test
    void folds_the_namespaces_of_many_services() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < 2000; number++) {
            text.append("""
                    ---
                    apiVersion: v1
                    kind: Service
                    metadata: {name: s%1$d, namespace: team-%2$d}
                    spec: {selector: {app: s%1$d}, ports: [{name: http, port: 80}]}
                    """.formatted(number, number % 20));
        }
        Reading reading = ManifestReader.of("many.yaml", text.toString());
        String page =
                MapPage.of("many", Mesh.of(reading.manifests()), Checks.run(reading, Optional.empty()), List.of());

        assertThat(shown(page, "")).contains("data-ready=\"20\"").doesNotContain(":CONSOLE:");
        assertThat(shown(page, "#node=service%20s41.team-1.svc.cluster.local")).contains("<h2>service team-1/s41</h2>");
    }

    @Test
    void shows_both_sides_of_a_plan_with_its_sentences() throws IOException {
        String page = PlanHtml.of(plan(
                PlanEdits.side(PlanEdits.base()),
                PlanEdits.side(PlanEdits.edited(
                        PlanEdits.base(), PlanEdits.examples().get(0).path("edit")))));

        assertThat(shown(page, "#node=host%20shop.example.org"))
                .contains("data-ready=\"", "<h3>Changed</h3><ul><li>changed, by</li><li>dangerous: PLAN101 GET ")
                .doesNotContain(":CONSOLE:");
        assertThat(shown(page, "#change=0"))
                .contains("<h2>PLAN101 GET http://shop.example.org/api from internet", "<h3>Why</h3><ul><li>before: ");
    }

    @Test
    void a_served_page_follows_a_request_that_it_does_not_hold() throws IOException {
        Reading reading =
                new ManifestReader().path(Fixtures.dist().resolve("azure")).read();
        LiveMap map = new LiveMap("azure", Mesh.of(reading.manifests()), new Findings(List.of()), List.of());
        MapSource source = new MapSource() {
            @Override
            public String version() {
                return "one";
            }

            @Override
            public LiveMap read() {
                return map;
            }
        };

        try (MapServer server = MapServer.start(0, source)) {
            assertThat(shown(server.address().concat("#request=GET%20https://app.buildingbite.com/never-listed")))
                    .contains("<h2>GET https://app.buildingbite.com/never-listed from internet</h2>")
                    .contains("delivered to frontend.frontend.svc.cluster.local:80")
                    .doesNotContain(":CONSOLE:");
        }
    }

    private static PlanReport plan(Side before, Side after) {
        return new PlanReport(
                "before", "after", List.of(), List.of(Plan.between("", before, after, List.of())), Acceptances.none());
    }

    /** The document after its script has run, and what the browser complains of. */
    private String shown(String page, String hash) throws IOException {
        Path file = folder.resolve("map.html");
        Files.writeString(file, page);
        return shown(file.toUri().toString().concat(hash));
    }

    private String shown(String address) throws IOException {
        Path complaints = folder.resolve("complaints.txt");
        Path dom = folder.resolve("dom.html");
        Process process = new ProcessBuilder(List.of(
                        browser.orElseThrow(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--user-data-dir=%s".formatted(folder.resolve("profile")),
                        "--virtual-time-budget=20000",
                        "--enable-logging=stderr",
                        "--dump-dom",
                        address))
                .redirectError(complaints.toFile())
                .redirectOutput(dom.toFile())
                .start();
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES))
                    .as("the browser ends")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
        String body = Files.readString(dom);
        String console = Files.readAllLines(complaints).stream()
                .filter(line -> line.contains(":CONSOLE:"))
                .reduce("", "%s%n%s"::formatted);
        return body.substring(body.indexOf("<body"))
                .replaceAll("(?s)<script.*?</script>", "")
                .concat(console);
    }
}
