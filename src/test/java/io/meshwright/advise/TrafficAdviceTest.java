package io.meshwright.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.VersionQueries;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Retries, breakers, weights, sampling and hosts. */
class TrafficAdviceTest {
    private static final String WEIGHT = "services.web.release.versions[1].weight: 10 → 25";

    @Test
    void retries_that_multiply_the_load_become_fewer() {
        DrawnSnapshot storm = Shop.plain()
                .traffic("orders", 400_000, 60, 0.7)
                .plant(VersionQueries.TRIES, "orders", 524_000)
                .plant(VersionQueries.FAILED, "orders", 24_400);

        assertThat(edits(storm)).contains("services.orders.resilience.retries.attempts: 5 → 1");
        assertThat(advice(storm).proposals().toString())
                .contains("its pods took 524,000 tries for 400,000 requests of its clients, 1.31 for each, in 7 days")
                .contains("6.1 % of the requests failed all the same")
                .contains("together with the retries of its callers one request may become 18");
        assertThat(edits(storm.plant(VersionQueries.TRIES, "orders", 430_000)))
                .noneMatch(edit -> edit.contains("attempts"));
    }

    @Test
    void a_breaker_that_would_have_taken_out_every_pod_keeps_half_of_them() {
        DrawnSnapshot down =
                Shop.plain().traffic("payments", 120_000, 300, 1).plant(VersionQueries.ALL_FAILING, "payments", 0.8);
        assertThat(edits(down)).contains("services.payments.resilience.circuitBreaker.maxEjectionPercent: 100 → 50");
        assertThat(edits(down.plant(VersionQueries.ALL_FAILING, "payments", 0.2)))
                .noneMatch(edit -> edit.contains("maxEjectionPercent"));

        DrawnSnapshot other = Shop.plain().plant(VersionQueries.ALL_FAILING, "search", 0.9);
        assertThat(edits(other)).noneMatch(edit -> edit.contains("circuitBreaker"));
        assertThat(advice(other).told())
                .anyMatch(note -> note.toString()
                        .equals(
                                "breaker of search: at the worst five minutes of 7 days every pod failed 90 % or more of"
                                        + " its requests: all that it may would have been out, which is 50 %"));
    }

    @Test
    void a_new_version_that_is_no_worse_goes_on_by_one_step() {
        assertThat(edits(Shop.plain())).contains("services.web.release.versions[0].weight: 90 → 75", WEIGHT);
    }

    @Test
    void a_new_version_that_fails_more_is_slower_or_hardly_seen_stays() {
        DrawnSnapshot failing = Shop.plain().plant(VersionQueries.VERSION_FAILED, "web v2", 1_000);
        assertThat(edits(failing)).doesNotContain(WEIGHT);
        assertThat(advice(failing).told()).anyMatch(note -> note.toString().endsWith("v2 stays at 10"));

        assertThat(edits(Shop.plain().traffic("web v2", 858_000, 400, 0.5))).doesNotContain(WEIGHT);
        assertThat(edits(Shop.plain().plant(VersionQueries.VERSION_REQUESTS, "web v2", 9_999)))
                .doesNotContain(WEIGHT);
        assertThat(edits(Shop.plain().plant(VersionQueries.VERSION_BEFORE, "web v2", -1)))
                .doesNotContain(WEIGHT);
    }

    @Test
    void sampling_gives_a_trace_a_minute_and_not_more_than_ten_a_second() {
        assertThat(edits(Shop.plain()
                        .plant(VersionQueries.ENTERED, "web", 800_000)
                        .plant(VersionQueries.ENTERED, "chat", 1_400_000)))
                .contains("istio.telemetry.sampling: 0.1 → 0.5");
        assertThat(edits(Shop.plain().plant(VersionQueries.ENTERED, "web", 8e10)))
                .noneMatch(edit -> edit.contains("sampling: 0.1 → 1"));
        assertThat(edits(Shop.plain().plant(VersionQueries.ENTERED, "web", 6e8)))
                .noneMatch(edit -> edit.contains("sampling"));
    }

    @Test
    void a_host_that_nobody_asks_is_told_and_stays() throws Exception {
        DrawnSnapshot drawn = Shop.faulty();
        Advice advice = advice(drawn);

        assertThat(advice.told())
                .anyMatch(note -> note.toString()
                        .equals(
                                "host legacy.example.org: in 7 days no request came through a gateway to legacy; ask its"
                                        + " owner before anything is removed"));
        assertThat(advice.untold())
                .anyMatch(note -> note.subject().equals("host old.example.org"))
                .noneMatch(note -> note.subject().equals("host shop.example.org"));
        assertThat(Review.of(advice.proposals(), Shop.text(), Shop.accepted(Shop.text()), Shop::read)
                        .text())
                .contains("legacy.example.org, prefix: /", "host: old.example.org");
    }

    @Test
    void too_few_requests_say_nothing_of_retries_and_breakers_either() {
        DrawnSnapshot few = Shop.faulty().traffic("orders", 9_000, 60, 0.7).plant(Queries.REQUESTS, "payments", 9_999);

        assertThat(edits(few))
                .noneMatch(edit -> edit.startsWith("services.orders.resilience")
                        || edit.startsWith("services.payments.resilience"));
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
