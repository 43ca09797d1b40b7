package io.meshwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.meshwright.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListCommandTest {
    @TempDir
    Path home;

    private Terminal terminal;

    @BeforeEach
    void has_two_environments() throws IOException {
        Files.createDirectory(home.resolve("environments"));
        for (String name : new String[] {"azure", "homelab"}) {
            Files.writeString(home.resolve("environments/%s.yaml".formatted(name)), Fixtures.file(name));
        }
        terminal = new Terminal(Map.of("MESHWRIGHT_HOME", home.toString()), Terminal::unwanted);
    }

    @Test
    void lists_environments_for_people() {
        assertThat(terminal.run("list")).isZero();
        assertThat(terminal.out()).isEqualTo("""
            NAME     PLATFORM  KUBERNETES  ISTIO   SERVICES  FILES
            azure    azure     1.30        1.23.4  8         %1$s/azure.yaml
            homelab  metallb   1.33        1.30.5  3         %1$s/homelab.yaml
            """.formatted(home.resolve("environments")));
    }

    @Test
    void lists_environments_for_programs() throws IOException {
        assertThat(terminal.run("list", "--format", "json")).isZero();
        JsonNode homelab = new ObjectMapper().readTree(terminal.out()).path(1);
        assertThat(homelab.path("name").asText()).isEqualTo("homelab");
        assertThat(homelab.path("services")).extracting(JsonNode::asText).contains("mysql");
        assertThat(homelab.path("files").path(0).asText()).endsWith("environments/homelab.yaml");
    }

    @Test
    void lists_what_can_be_read_and_tells_what_is_wrong_with_the_rest() throws IOException {
        Files.writeString(home.resolve("environments/azure.yaml"), "kind: Environment\n");

        assertThat(terminal.run("list")).isEqualTo(2);
        assertThat(terminal.out()).contains("homelab  metallb").doesNotContain("azure ");
        assertThat(terminal.err()).contains("azure.yaml:1:1 apiVersion: is missing");
    }

    @Test
    void says_where_nothing_is() {
        assertThat(terminal.run("list", "--environments", "nowhere")).isEqualTo(2);
        assertThat(terminal.out()).isEmpty();
        assertThat(terminal.err())
                .isEqualTo("--environments: \"nowhere\" holds no environment file; name the folder that does\n");
    }
}
