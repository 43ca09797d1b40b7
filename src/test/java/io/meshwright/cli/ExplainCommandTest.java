package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir
    Path home;

    private Terminal terminal;

    @BeforeEach
    void has_an_environment() throws IOException {
        Files.createDirectory(home.resolve("environments"));
        Files.writeString(home.resolve("environments/homelab.yaml"), Fixtures.file("homelab"));
        terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
    }

    @Test
    void tells_what_a_key_is_and_where_it_is_used() {
        terminal.run("keys");
        Terminal asked = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);

        assertThat(asked.run("explain", "services.*.release.steps")).isZero();
        assertThat(asked.out().replaceFirst("homelab.yaml:\\d+", "homelab.yaml:N"))
                .isEqualTo("""
            services.*.release.steps
              Weights of the new version, one after the other; for rollouts.
            type: list of (mapping, or whole number)
            default: none
            only with: type: canary
            keys: weight, pause, approve
            example:
              services:
                web:
                  release:
                    type: canary
                    steps: [10]
            used: %1$s/environments/homelab.yaml:N:7 services.web-service.release.steps
            see: %1$s/docs/reference/services.md#canary-steps
            """.formatted(home));
    }

    @Test
    void takes_keys_as_errors_name_them_and_tells_bounds_and_choices() {
        assertThat(terminal.run("explain", "services.web.ports[0].port")).isZero();
        assertThat(terminal.run("explain", "istio.mtls")).isZero();
        assertThat(terminal.run("explain", "services.web.release.versions")).isZero();
        assertThat(terminal.run("explain", "services.web.resilience.timeout")).isZero();
        assertThat(terminal.out())
                .contains("services.*.ports[].port", "required", "bounds: from 1 to 65535")
                .contains("default: STRICT")
                .contains("only with: type: canary", "only with: type: abTest")
                .contains("also at: resilience.timeout");
    }

    @Test
    void lists_the_parts_of_a_file() {
        assertThat(terminal.run("explain")).isZero();
        assertThat(terminal.out()).contains("services        Services, by the name of their Kubernetes Service.");
    }

    @Test
    void says_which_keys_are_near() {
        assertThat(terminal.run("explain", "services.web.replicas")).isEqualTo(2);
        assertThat(terminal.run("explain", "replicas")).isEqualTo(2);
        assertThat(terminal.run("explain", "zzz")).isEqualTo(2);
        assertThat(terminal.err())
                .contains("KEY: \"services.web.replicas\" is no key; read services.*.scale.replicas or ")
                .contains("KEY: \"replicas\" is no key; read services.*.scale.replicas or ")
                .contains("KEY: \"zzz\" is no key; meshwright explain lists what there is");
    }

    @Test
    void every_link_of_the_reference_leads_somewhere() throws IOException {
        assertThat(terminal.run("keys", "--docs", home.resolve("pages").toString()))
                .isZero();
        Path reference = home.resolve("pages/reference");
        int links = 0;
        try (Stream<Path> pages = Files.list(reference)) {
            for (Path page : pages.toList()) {
                for (String link : links(page)) {
                    String[] parts = link.split("#", 2);
                    links++;
                    if (parts[0].startsWith("..")) {
                        continue;
                    }
                    assertThat(reference.resolve(parts[0])).exists();
                    if (parts.length > 1) {
                        assertThat(Files.readString(reference.resolve(parts[0])))
                                .contains("<a id=\"%s\"></a>".formatted(parts[1]));
                    }
                }
            }
        }
        assertThat(links).isGreaterThan(100);
    }

    private static List<String> links(Path page) throws IOException {
        return Pattern.compile("\\]\\(([^)]+)\\)")
                .matcher(Files.readString(page))
                .results()
                .map(MatchResult::group)
                .map(link -> link.substring(2, link.length() - 1))
                .toList();
    }
}
