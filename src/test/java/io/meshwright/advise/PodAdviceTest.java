package io.meshwright.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.advise.snapshot.ContainerQueries;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Replicas, requests, limits and sidecars. */
class PodAdviceTest {
    private static final double MEBI = 1 << 20;

    @Test
    void ordinary_pods_stay_as_they_are() {
        assertThat(edits(Shop.plain())).noneMatch(edit -> edit.contains(".resources.") || edit.contains(".scale."));
        assertThat(edits(Shop.plain())).noneMatch(edit -> edit.startsWith("istio.proxy"));
    }

    @Test
    void a_fixed_number_of_pods_follows_what_all_use_together_and_one_is_spare() {
        assertThat(edits(Shop.plain().plant(ContainerQueries.CPU_OF_ALL, "chat", 0.05)))
                .contains("services.chat.scale.replicas: 5 → 2");
        assertThat(edits(Shop.plain().plant(ContainerQueries.CPU_OF_ALL, "chat", 0.5)))
                .contains("services.chat.scale.replicas: 5 → 10");
        assertThat(edits(Shop.plain().plant(ContainerQueries.CPU_OF_ALL, "chat", 0.2)))
                .noneMatch(edit -> edit.contains("replicas"));
    }

    @Test
    void a_request_of_pods_whose_number_changes_is_left_for_the_next_week() {
        assertThat(edits(Shop.plain()
                        .plant(ContainerQueries.CPU_OF_ALL, "chat", 0.05)
                        .plant(ContainerQueries.CPU, "chat", 0.01)))
                .noneMatch(edit -> edit.startsWith("services.chat.container.resources.requests.cpu"));
        assertThat(edits(Shop.plain().plant(ContainerQueries.CPU, "chat", 0.01)))
                .contains("services.chat.container.resources.requests.cpu: 100m → 20m");
    }

    @Test
    void an_autoscaler_at_its_upper_bound_gets_room_and_its_request_is_left_alone() {
        DrawnSnapshot full =
                Shop.plain().plant(ContainerQueries.PODS, "cart", 4).plant(ContainerQueries.CPU, "cart", 0.01);

        assertThat(edits(full))
                .contains("services.cart.scale.autoscale.maxReplicas: 4 → 6")
                .noneMatch(edit -> edit.startsWith("services.cart.container.resources.requests.cpu"));
        assertThat(advice(full).untold()).anyMatch(note -> note.subject().equals("CPU of cart"));
        assertThat(edits(Shop.plain().plant(ContainerQueries.PODS, "cart", 3)))
                .noneMatch(edit -> edit.contains("maxReplicas"));
    }

    @Test
    void a_limit_of_memory_grows_where_it_is_nearly_reached_and_never_shrinks() {
        DrawnSnapshot near = Shop.plain()
                .plant(ContainerQueries.MEMORY, "orders", 495 * MEBI)
                .plant(ContainerQueries.RESTARTS, "orders", 3);
        assertThat(edits(near))
                .contains(
                        "services.orders.container.resources.limits.memory: 512Mi → 752Mi",
                        "services.orders.container.resources.requests.memory: 256Mi → 512Mi");
        assertThat(advice(near).proposals().toString()).contains("3 restarts: it may need more than its limit let");

        assertThat(edits(Shop.plain().plant(ContainerQueries.MEMORY, "search", 118 * MEBI)))
                .contains("services.search.container.resources.requests.memory: 512Mi → 144Mi")
                .noneMatch(edit -> edit.contains("limits"));
    }

    @Test
    void sidecars_give_back_what_not_even_the_busiest_uses_and_the_file_stays_whole() throws Exception {
        DrawnSnapshot small = Shop.plain().plant(ContainerQueries.MEMORY, ContainerQueries.SIDECAR, 39 * MEBI);
        Advice advice = advice(small);
        Review review = Review.of(advice.proposals(), Shop.text(), Shop.accepted(Shop.text()), Shop::read);

        assertThat(edits(small)).contains("istio.proxy.requests.memory: 128Mi → 48Mi");
        assertThat(review.refused()).isEmpty();
        assertThat(review.text()).contains("  proxy: {requests: {cpu: 50m, memory: 48Mi}, limits: {memory: 1Gi}}\n");
        assertThat(edits(Shop.plain().plant(ContainerQueries.MEMORY, ContainerQueries.SIDECAR, 980 * MEBI)))
                .contains("istio.proxy.limits.memory: 1Gi → 1472Mi")
                .noneMatch(edit -> edit.startsWith("istio.proxy.requests"));
    }

    @Test
    void pods_that_were_not_there_for_a_week_or_not_measured_are_not_judged() {
        for (String query : List.of(ContainerQueries.CONTAINER_BEFORE, ContainerQueries.MEMORY, ContainerQueries.CPU)) {
            DrawnSnapshot drawn = Shop.plain()
                    .plant(ContainerQueries.CPU_OF_ALL, "chat", 0.05)
                    .plant(query, "chat", -1);
            assertThat(edits(drawn)).as(query).noneMatch(edit -> edit.startsWith("services.chat."));
            assertThat(advice(drawn).untold()).anyMatch(note -> note.subject().equals("pods of chat"));
        }
        assertThat(edits(Shop.plain()
                        .plant(ContainerQueries.CPU_OF_ALL, "chat", 0.05)
                        .plant(ContainerQueries.CONTAINER_HOURS, "chat", 100)))
                .noneMatch(edit -> edit.startsWith("services.chat."));
    }

    private static Advice advice(DrawnSnapshot drawn) {
        return Advice.of(Shop.environment(), AdviceTest.snapshot(drawn));
    }

    private static List<String> edits(DrawnSnapshot drawn) {
        return advice(drawn).proposals().stream()
                .flatMap(proposal -> proposal.edits().stream())
                .map(Object::toString)
                .toList();
    }
}
