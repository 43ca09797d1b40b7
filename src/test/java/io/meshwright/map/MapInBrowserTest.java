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
import io.meshwright.plan.report.PlanReport;
import io.meshwright.plan.side.Side;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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
            return withScript(page, """
                            %s
                            axe.run().then((found) => {
                              const bad = found.violations.filter((rule) => ['serious', 'critical'].includes(rule.impact));
                              document.body.dataset.axe = JSON.stringify(
                                  bad.map((rule) => `${rule.id} ${rule.nodes.map((node) => node.html).join(' ')}`));
                            });
                            """.formatted(script.replace("</script>", "<\\/script>")));
        }
    }

    /** The page with a script of the test's, which its own policy would not let run. */
    private static String withScript(String page, String script) {
        return page.replaceFirst("<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "")
                .replace("</body>", "<script>%s</script></body>".formatted(script));
    }

    @Test
    void is_dark_where_the_reader_wants_it() throws IOException {
        String page = MapPageTest.page("egov");

        assertThat(shown(page, "")).contains("id=\"dark\" type=\"button\" aria-pressed=\"false\"");
        assertThat(browsed(page, "--blink-settings=preferredColorScheme=0", "--virtual-time-budget=20000"))
                .contains("id=\"dark\" type=\"button\" aria-pressed=\"true\"")
                .doesNotContain(":CONSOLE:");
    }

    @Test
    void folds_the_namespaces_of_many_services() throws IOException {
        String page = many();

        assertThat(shown(page, "")).contains("data-ready=\"20\"").doesNotContain(":CONSOLE:");
        assertThat(shown(page, "#node=service%20s41.team-1.svc.cluster.local")).contains("<h2>service team-1/s41</h2>");
    }

    @Test
    void answers_a_search_and_a_click_among_many_services_within_three_seconds() throws IOException {
        String page = withScript(many(), """
                const search = document.getElementById('search');
                search.value = 's19';
                search.dispatchEvent(new Event('input'));
                document.querySelector('#list button').click();
                document.body.dataset.chosen = document.querySelector('#details h2').textContent;
                document.body.dataset.took = Math.round(performance.now());
                """);
        List<Integer> took = new ArrayList<>();
        for (int run = 0; run < 5; run++) {
            String shown = browsed(page);
            assertThat(shown).contains("data-chosen=\"service team-");
            took.add(Integer.valueOf(shown.replaceFirst("(?s).*data-took=\"(\\d+)\".*", "$1")));
        }

        assertThat(took.stream().sorted().toList().get(2)).as("of %s ms", took).isLessThan(3000);
    }

    /** 2,000 Services in 20 namespaces. */
    private static String many() {
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
        return MapPage.of("many", Mesh.of(reading.manifests()), Checks.run(reading, Optional.empty()), List.of());
    }

    @Test
    @EnabledIfSystemProperty(
            named = "map.screenshots",
            matches = ".+",
            disabledReason = "screenshots: written with -Dmap.screenshots=DIR")
    void writes_screenshots() throws IOException {
        Path shots = Files.createDirectories(
                Path.of(System.getProperty("map.screenshots")).toAbsolutePath());
        for (String environment : Fixtures.names()) {
            for (String size : List.of("1280,800", "1920,1080", "390,844")) {
                Path shot = shots.resolve("%s-%s.png".formatted(environment, size.replace(',', 'x')));
                browsed(
                        MapPageTest.page(environment),
                        "--virtual-time-budget=20000",
                        "--window-size=%s".formatted(size),
                        "--screenshot=%s".formatted(shot));
                assertThat(shot).isNotEmptyFile();
            }
        }
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
        return shown(saved(page).concat(hash));
    }

    private String shown(String address) throws IOException {
        return opened(address, "--virtual-time-budget=20000"); // in which seconds of waiting take none
    }

    /** The same of a browser that is started as told. */
    private String browsed(String page, String... options) throws IOException {
        return opened(saved(page), options);
    }

    private String saved(String page) throws IOException {
        Path file = folder.resolve("map.html");
        Files.writeString(file, page);
        return file.toUri().toString();
    }

    private String opened(String address, String... options) throws IOException {
        Path complaints = folder.resolve("complaints.txt");
        Path dom = folder.resolve("dom.html");
        List<String> command = new ArrayList<>(List.of(
                browser.orElseThrow(),
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--user-data-dir=%s".formatted(folder.resolve("profile")),
                "--enable-logging=stderr"));
        command.addAll(List.of(options));
        command.addAll(List.of("--dump-dom", address));
        Process process = new ProcessBuilder(command)
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
