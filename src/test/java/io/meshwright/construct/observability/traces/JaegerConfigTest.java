package io.meshwright.construct.observability.traces;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.program.Program;
import io.meshwright.construct.observability.program.Server;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JaegerConfigTest {
  @TempDir private Path folder;

  @Test
  void spans_stay_on_the_volume_for_their_time() throws Exception {
    JsonNode badger = config().at("/extensions/jaeger_storage/backends/badger/badger");

    assertThat(badger.path("ephemeral").asBoolean(true)).isFalse();
    assertThat(badger.at("/directories/keys").asText()).isEqualTo("/badger/keys");
    assertThat(badger.at("/ttl/spans").asText()).isEqualTo("168h");
  }

  @Test
  void pages_are_served_below_the_prefix_and_every_endpoint_names_its_address() throws Exception {
    assertThat(config().at("/extensions/jaeger_query/base_path").asText()).isEqualTo("/jaeger");
    assertThat(config().findValuesAsText("endpoint")).hasSize(4).allMatch(endpoint -> endpoint.startsWith("0.0.0.0:"));
  }

  @Test
  void jaeger_stores_a_span_and_shows_it_below_its_prefix() throws Exception {
    Program jaeger = Program.of("jaeger");
    int otlp = Server.freePort();
    int pages = Server.freePort();
    int health = Server.freePort();
    Files.writeString(folder.resolve("jaeger.yaml"), JaegerConfig.text(Samples.subPaths())
        .replace("0.0.0.0:4317", "127.0.0.1:%d".formatted(otlp))
        .replace("0.0.0.0:16686", "127.0.0.1:%d".formatted(pages))
        .replace("0.0.0.0:16685", "127.0.0.1:%d".formatted(Server.freePort()))
        .replace("0.0.0.0:13133", "127.0.0.1:%d".formatted(health))
        .replace("0.0.0.0", "127.0.0.1").replace("port: 8888", "port: %d".formatted(Server.freePort()))
        .replace("/badger/", "%s/".formatted(folder)));

    try (Server server = jaeger.start(folder, List.of("--config=%s".formatted(folder.resolve("jaeger.yaml"))))) {
      server.await("http://127.0.0.1:%d/status".formatted(health));
      assertThat(server.await("http://127.0.0.1:%d/jaeger/api/services".formatted(pages))).contains("\"data\"");
    }
    assertThat(folder.resolve("keys")).isNotEmptyDirectory();
  }

  private static JsonNode config() throws Exception {
    return new YAMLMapper().readTree(JaegerConfig.text(Samples.subPaths()));
  }
}
