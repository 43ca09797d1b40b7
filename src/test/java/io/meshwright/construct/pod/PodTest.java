package io.meshwright.construct.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.workload.Resources;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodTest {
    @Test
    void a_built_pod_no_longer_listens_to_its_builder() {
        Pod.Builder builder = Pod.of("web").container(container().build());

        Pod pod = builder.build();
        builder.label("team", "blue").user(0).container(container().name("late").build());

        assertThat(pod.labels()).containsOnlyKeys("app");
        assertThat(pod.render().getSpec().getContainers()).hasSize(1);
        assertThat(pod.render().getSpec().getSecurityContext().getRunAsUser()).isEqualTo(10001);
    }

    @Test
    void a_built_container_does_not_listen_to_who_gave_it_its_settings() {
        List<String> args = new ArrayList<>(List.of("serve"));
        Map<String, String> env = new LinkedHashMap<>(Map.of("MODE", "quiet"));
        PodContainer.Builder builder = container().args(args).texts(env);
        args.add("--verbose");
        env.clear();

        PodContainer container = builder.build();
        builder.args(List.of("--late"));

        assertThat(container.render().getArgs()).containsExactly("serve");
        assertThat(container.render().getEnv()).hasSize(1);
    }

    @Test
    void variables_and_labels_stand_in_the_order_in_which_they_were_given() {
        PodContainer container = container()
                .texts(Map.of("Z", "1"))
                .texts(Map.of("A", "2"))
                .port("https", 8443)
                .port("admin", 8081)
                .build();

        assertThat(container.render().getEnv()).extracting("name").containsExactly("Z", "A");
        assertThat(container.render().getPorts()).extracting("name").containsExactly("https", "admin");
        assertThat(Pod.of("web")
                        .version("v1")
                        .label("a", "b")
                        .container(container)
                        .build()
                        .labels())
                .containsExactly(Map.entry("app", "web"), Map.entry("version", "v1"), Map.entry("a", "b"));
    }

    @Test
    void what_is_required_is_asked_for_by_name() {
        assertThatThrownBy(() -> Pod.of("web").build())
                .isInstanceOf(InvalidValue.class)
                .hasMessage("containers: is empty; give at least one entry");
        assertThatThrownBy(() -> PodContainer.named("web")
                        .image(ImageReference.of("docker.io/library/nginx:1.29.1"))
                        .build())
                .isInstanceOf(InvalidValue.class)
                .hasMessage("resources: is missing; add it");
    }

    private static PodContainer.Builder container() {
        return PodContainer.named("web")
                .image(ImageReference.of("docker.io/library/nginx:1.29.1"))
                .resources(Resources.of("10m", "16Mi", "32Mi"));
    }
}
