package io.meshwright.construct.delivery.istio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meshwright.construct.delivery.Synthesis;
import io.meshwright.value.Name;
import java.util.Iterator;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RevisionTagTest {
    private static final JsonNode OLD = tag(Revision.only());
    private static final JsonNode NEW = tag(Revision.of(Name.of("1-25-5")));

    @Test
    void sends_new_pods_to_the_control_plane_that_it_points_at() {
        assertThat(NEW.findValuesAsText("name")).contains("istio-revision-tag-stable", "istiod-1-25-5");
        assertThat(OLD.findValuesAsText("name")).contains("istiod");
    }

    @Test
    void chooses_namespaces_with_its_label_and_pods_with_it_in_namespaces_without() {
        assertThat(NEW.at("/webhooks/0/namespaceSelector/matchExpressions/0/values/0")
                        .asText())
                .isEqualTo("stable");
        assertThat(NEW.at("/webhooks/1/objectSelector/matchExpressions/1/values/0")
                        .asText())
                .isEqualTo("stable");
        assertThat(NEW.at("/webhooks/1/namespaceSelector/matchExpressions/0/operator")
                        .asText())
                .isEqualTo("DoesNotExist");
    }

    @Test
    void lets_no_pod_start_without_its_proxy() {
        NEW.path("webhooks")
                .forEach(webhook ->
                        assertThat(webhook.path("failurePolicy").asText()).isEqualTo("Fail"));
    }

    @Test
    void moves_by_the_name_of_the_control_plane_alone() {
        assertThat(OLD.toString()
                        .replace("\"istiod\"", "\"istiod-1-25-5\"")
                        .replace("\"istio.io/rev\":\"default\"", "\"istio.io/rev\":\"1-25-5\""))
                .isEqualTo(NEW.toString());
    }

    @Test
    void holds_the_keys_that_istiod_looks_for() {
        Iterator<Map.Entry<String, JsonNode>> labels =
                NEW.at("/metadata/labels").properties().iterator();

        assertThat(labels).toIterable().extracting(Map.Entry::getKey).contains("istio.io/rev", "istio.io/tag");
    }

    private static JsonNode tag(Revision revision) {
        return Synthesis.of(chart -> RevisionTag.Builder.create(chart, "tag")
                        .tag(Name.of("stable"))
                        .revision(revision)
                        .build())
                .get(0);
    }
}
