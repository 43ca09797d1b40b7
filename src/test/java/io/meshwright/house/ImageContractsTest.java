package io.meshwright.house;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.Fixtures;
import io.meshwright.environment.Service;
import io.meshwright.house.repository.Repository;
import io.meshwright.value.Name;
import io.meshwright.value.workload.Container;
import io.meshwright.value.workload.Probes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an image must be is said of each one that an environment runs, as its pod is rendered. */
class ImageContractsTest {
    @Test
    void the_page_has_one_row_for_each_image_and_it_is_right() throws IOException {
        List<String> rows = new ArrayList<>();
        for (String environment : Fixtures.names()) {
            Synthesized.fixture(environment)
                    .environment()
                    .services()
                    .forEach((name, service) -> rows.add(row(environment, name.toString(), service)));
        }

        assertThat(page().lines().filter(line -> line.matches("\\| (azure|egov|homelab) \\|.*")))
                .hasSizeGreaterThan(5)
                .containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void keycloak_is_told_at_its_start_only_what_it_reads_then() throws IOException {
        Container keycloak = Synthesized.fixture("azure")
                .environment()
                .services()
                .get(Name.of("keycloak"))
                .container();
        List<String> lines = page().lines().toList();
        String built = line(lines, "| when the image is built |");
        String started = line(lines, "| at every start |");

        assertThat(keycloak.args()).containsExactly("start", "--optimized");
        assertThat(Stream.concat(keycloak.env().keySet().stream(), keycloak.secretEnv().keySet().stream())
                        .filter(variable -> !variable.startsWith("KC_BOOTSTRAP_ADMIN")))
                .isNotEmpty()
                .allSatisfy(variable -> assertThat(started).contains("`%s`".formatted(variable)))
                .noneMatch(variable -> built.contains("`%s`".formatted(variable)));
    }

    private static String row(String environment, String name, Service service) {
        Container container = service.container();
        String ports = service.ports().stream()
                .map(port -> port.targetPort().toString())
                .collect(Collectors.joining(", "));
        List<String> writable = new ArrayList<>(
                container.writable().stream().map("`%s`"::formatted).toList());
        if (container.storage() != null) {
            writable.add("`%s` (volume)".formatted(container.storage().mountPath()));
        }
        return "| %s | %s | `%s` | %s | %s | %s | %s |"
                .formatted(
                        environment,
                        name,
                        container.image().repository(),
                        ports,
                        container.user(),
                        String.join(", ", writable),
                        asked(container.probes()));
    }

    private static String asked(Probes probes) {
        Set<String> paths = new LinkedHashSet<>();
        Stream.of(probes.ready(), probes.live())
                .filter(java.util.Objects::nonNull)
                .filter(probe -> probe.httpGet() != null)
                .forEach(probe -> paths.add(probe.httpGet().path()));
        return paths.isEmpty()
                ? "a connection"
                : paths.stream().map("`%s`"::formatted).collect(Collectors.joining(", "));
    }

    private static String line(List<String> lines, String part) {
        return lines.stream().filter(line -> line.contains(part)).findFirst().orElseThrow();
    }

    private static String page() throws IOException {
        return Files.readString(Repository.ROOT.resolve("docs").resolve("images.md"));
    }
}
