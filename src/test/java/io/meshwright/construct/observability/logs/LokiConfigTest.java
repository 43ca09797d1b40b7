package io.meshwright.construct.observability.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.meshwright.construct.observability.Samples;
import io.meshwright.construct.observability.settings.Settings;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class LokiConfigTest {
  @Test
  void deletes_after_the_retention_and_has_what_that_takes() throws Exception {
    JsonNode config = config(Samples.subPaths());

    assertThat(config.at("/limits_config/retention_period").asText()).isEqualTo("168h");
    assertThat(config.at("/compactor/retention_enabled").asBoolean()).isTrue();
    assertThat(config.at("/compactor/delete_request_store").asText()).isEqualTo("filesystem");
    assertThat(config.at("/schema_config/configs/0/index/period").asText()).isEqualTo("24h");
    assertThat(config.at("/schema_config/configs/0/store").asText()).isEqualTo("tsdb");
    assertThat(config.at("/schema_config/configs/0/schema").asText()).isEqualTo("v13");
  }

  @Test
  void everything_that_is_written_lies_on_the_volume() {
    assertThat(LokiConfig.text(Samples.subPaths()).lines().filter(line -> line.contains(": /")))
        .isNotEmpty().allMatch(line -> line.contains(": /loki"));
  }

  @Test
  void indexes_the_labels_of_agents_and_of_the_access_log_provider() throws Exception {
    List<String> labels = labels(Samples.provider());

    assertThat(labels)
        .contains("pod", "namespace", "app", "instance", "version", "cluster_name", "log_type", "container")
        .doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(15);
    assertThat(labels(Samples.subPaths())).doesNotContain("cluster_name");
  }

  private static List<String> labels(Settings settings) throws Exception {
    JsonNode attributes = config(settings)
        .at("/limits_config/otlp_config/resource_attributes/attributes_config/0/attributes");
    return StreamSupport.stream(attributes.spliterator(), false).map(JsonNode::asText).toList();
  }

  private static JsonNode config(Settings settings) throws Exception {
    return new YAMLMapper().readTree(LokiConfig.text(settings));
  }
}
