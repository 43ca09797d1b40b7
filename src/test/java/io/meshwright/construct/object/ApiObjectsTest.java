package io.meshwright.construct.object;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.meshwright.construct.object.ApiObjects.Field;
import io.meshwright.construct.object.ApiObjects.Named;
import io.meshwright.construct.object.ApiObjects.Rendered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.cdk8s.ApiObject;
import org.cdk8s.ApiObjectMetadata;
import org.cdk8s.ApiObjectProps;
import org.cdk8s.App;
import org.cdk8s.Chart;
import org.cdk8s.JsonPatch;
import org.junit.jupiter.api.Test;
import software.amazon.jsii.KernelMessages;
import software.constructs.Construct;

class ApiObjectsTest {
    private final App app = new App();
    private final Chart chart = new Chart(app, "team");

    @Test
    void hands_over_an_object_in_one_message() {
        try (KernelMessages messages = new KernelMessages()) {
            settings("settings", Map.of("mode", "on"));

            assertThat(messages.byKind()).isEqualTo(Map.of("create", 1));
        }
    }

    @Test
    void keeps_the_order_in_which_a_map_is_given() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("weight", 10);
        spec.put("address", List.of("b", "a"));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("apiVersion", "example.org/v1");
        object.put("kind", "Thing");
        object.put("metadata", Map.of("name", "thing"));
        object.put("spec", spec);
        KubernetesObject.of(chart, "thing", object);

        assertThat(ApiObjects.synth(app)).extracting(Rendered::text).containsExactly("""
                apiVersion: example.org/v1
                kind: Thing
                metadata:
                  name: thing
                spec:
                  weight: 10
                  address:
                    - b
                    - a
                """);
    }

    @Test
    void names_every_object_at_any_depth_in_one_message() {
        Construct inner = new Construct(new Construct(chart, "a"), "b");
        KubernetesObject.of(inner, "c", configMap("deep", Map.of()));
        teams("own");

        List<Named> names;
        try (KernelMessages messages = new KernelMessages()) {
            names = ApiObjects.below(app);
            assertThat(messages.all()).isEqualTo(1);
        }

        assertThat(names)
                .containsExactly(
                        new Named("team/a/b/c", "team", "v1", "ConfigMap", "default", "deep"),
                        new Named("team/own", "team", "example.org/v1", "Thing", null, "own"));
    }

    @Test
    void renders_what_cdk8s_renders_in_its_order() {
        ApiObject first = settings("first", Map.of("text", "line\nline\n", "number", "017"));
        ApiObject second = teams("second");
        second.addJsonPatch(JsonPatch.add("/spec", Map.of("on", true)));
        first.addDependency(second);
        Chart other = new Chart(app, "other");
        KubernetesObject.of(other, "settings", configMap("other", Map.of()));
        chart.addDependency(other);

        List<Rendered> rendered = ApiObjects.synth(app);

        assertThat(rendered).extracting(Rendered::path).containsExactly("other/settings", "team/second", "team/first");
        assertThat(rendered.stream().map(Rendered::text).collect(Collectors.joining("---\n")))
                .isEqualTo(app.synthYaml());
    }

    @Test
    void tells_the_name_that_is_rendered_where_a_patch_gives_another() {
        settings("before", Map.of()).addJsonPatch(JsonPatch.replace("/metadata/name", "after"));

        assertThat(ApiObjects.synth(app)).extracting(Rendered::name).containsExactly("after");
    }

    @Test
    void adds_annotations_and_fields_to_the_objects_that_are_named() {
        settings("a", Map.of());
        teams("b");

        ApiObjects.annotate(app, Map.of("team/a", Map.of("example.org/wave", "3")));
        ApiObjects.add(app, Map.of("team/b", List.of(new Field("/spec", IntNode.valueOf(7)))));

        assertThat(ApiObjects.manifests(app).get("team/a").at("/metadata/annotations/example.org~1wave"))
                .hasToString("\"3\"");
        assertThat(ApiObjects.manifests(app).get("team/b").at("/spec")).hasToString("7");
        assertThat(ApiObjects.manifests(app)
                        .get("team/b")
                        .at("/metadata/annotations")
                        .isMissingNode())
                .isTrue();
    }

    private ApiObject settings(String name, Map<String, String> data) {
        return KubernetesObject.of(chart, name, configMap(name, data));
    }

    private static io.fabric8.kubernetes.api.model.ConfigMap configMap(String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata()
                .withData(data)
                .build();
    }

    /** As a team makes one, without our help. */
    private ApiObject teams(String name) {
        return new ApiObject(
                chart,
                name,
                ApiObjectProps.builder()
                        .apiVersion("example.org/v1")
                        .kind("Thing")
                        .metadata(ApiObjectMetadata.builder().name(name).build())
                        .build());
    }
}
