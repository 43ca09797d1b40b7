package io.meshwright.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.advise.snapshot.CallQueries;
import io.meshwright.advise.snapshot.ContainerQueries;
import io.meshwright.advise.snapshot.Queries;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Callers that are admitted and never call, and the Sidecar objects that hold what they could. */
class ScopeAdviceTest {
    private static final String CART = "services.cart.allowFrom: [web, chat] → [web]";

    @Test
    void a_caller_of_another_namespace_that_never_calls_leaves_and_its_scope_with_it() {
        assertThat(edits(Shop.plain())).noneMatch(edit -> edit.contains("allowFrom"));

        DrawnSnapshot unused = Shop.plain().plant(CallQueries.CALLS, "chat cart", -1);

        assertThat(edits(unused)).contains(CART);
        assertThat(advice(unused).proposals().toString())
                .contains("requests to other services in 7 days, and none to cart")
                .contains("nothing else of namespace chat may call cart")
                .contains("chat asks cart less often than every 7 days");
    }

    @Test
    void one_request_that_a_counter_began_with_is_a_call() {
        assertThat(edits(Shop.plain().plant(CallQueries.CALLS, "chat cart", 0))).doesNotContain(CART);
    }

    @Test
    void a_caller_that_calls_little_or_was_not_there_for_a_week_is_not_judged() {
        DrawnSnapshot unused = Shop.plain().plant(CallQueries.CALLS, "chat cart", -1);

        assertThat(told(unused.plant(CallQueries.CALLS, "chat search", 9_999)))
                .contains("calls of chat to cart: chat sent 9,999 requests in 7 days, fewer than 10,000");
        unused.plant(CallQueries.CALLS, "chat search", 500_000);
        assertThat(edits(unused.plant(ContainerQueries.CONTAINER_BEFORE, "chat", -1)))
                .doesNotContain(CART);
        unused.plant(ContainerQueries.CONTAINER_BEFORE, "chat", 5);
        assertThat(edits(unused)).contains(CART);
        assertThat(edits(unused.plant(Queries.HOURS, "cart", 120))).doesNotContain(CART);
    }

    @Test
    void a_scope_that_would_stay_as_it_is_changes_nothing_and_is_told() {
        DrawnSnapshot unused = Shop.plain().plant(CallQueries.CALLS, "orders search", -1);

        assertThat(edits(unused)).noneMatch(edit -> edit.contains("search.allowFrom"));
        assertThat(advice(unused).told())
                .anyMatch(note -> note.toString().startsWith("calls of orders to search: orders sent ")
                        && note.toString().endsWith("the sidecars of namespace shop would hear of it all the same"));
    }

    private static Advice advice(DrawnSnapshot drawn) {
        return Advice.of(Shop.environment(), AdviceTest.snapshot(drawn));
    }

    private static List<String> told(DrawnSnapshot drawn) {
        return advice(drawn).untold().stream().map(Note::toString).toList();
    }

    private static List<String> edits(DrawnSnapshot drawn) {
        return advice(drawn).proposals().stream()
                .flatMap(proposal -> proposal.edits().stream())
                .map(Object::toString)
                .toList();
    }
}
