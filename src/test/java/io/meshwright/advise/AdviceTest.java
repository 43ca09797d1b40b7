package io.meshwright.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.Snapshot;
import io.meshwright.advise.snapshot.SnapshotReader;
import io.meshwright.draft.TextDifference;
import io.meshwright.environment.Environment;
import io.meshwright.value.Name;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdviceTest {
    @Test
    void the_recorded_snapshot_is_what_the_generator_draws() {
        assertThat(Shop.faulty().json())
                .isEqualTo(Shop.resource("snapshot.json").stripTrailing());
    }

    @Test
    void what_is_said_of_the_recorded_snapshot_is_what_was_read_once() throws IOException {
        Environment shop = Shop.environment();
        Snapshot snapshot = SnapshotReader.read(
                "snapshot.json", Shop.resource("snapshot.json").getBytes(StandardCharsets.UTF_8), shop, "shop");
        Advice advice = Advice.of(shop, snapshot);
        Review review = review(advice, Shop.text());
        List<String> lines = new ArrayList<>(AdviceText.of("shop", snapshot, advice, review));
        lines.add("");
        lines.add(TextDifference.unified(Shop.FILE, Shop.text(), review.text()));

        assertThat(String.join("\n", lines)).isEqualTo(Shop.resource("advice.txt"));
    }

    @Test
    void nothing_is_proposed_of_services_that_nobody_asked_often_or_long_enough() {
        assertThat(untold(Shop.faulty(), "reports"))
                .containsExactly("reports: 3,100 requests in 7 days, fewer than 10,000");
        assertThat(untold(Shop.faulty().plant(Queries.BEFORE, "orders", -1), "orders"))
                .containsExactly("orders: nothing was measured of it on the day before, so it was not there for 7 whole"
                        + " days");
        assertThat(untold(Shop.faulty().plant(Queries.HOURS, "orders", 120), "orders"))
                .containsExactly("orders: it was measured in 120 of 168 hours");
        assertThat(keys(Shop.faulty().plant(Queries.HOURS, "orders", 120)))
                .noneMatch(key -> key.startsWith("services.orders.resilience"));
    }

    @Test
    void a_snapshot_of_fewer_days_than_a_week_says_nothing() {
        Environment shop = Shop.environment();
        Advice advice = Advice.of(shop, snapshot(new DrawnSnapshot(shop, 6, 1)));

        assertThat(advice.proposals()).isEmpty();
        assertThat(advice.untold())
                .hasToString("[everything: the snapshot covers 6 days, and a week has to be seen whole]");
    }

    @Test
    void where_one_in_a_thousand_ends_at_the_timeout_it_is_not_to_be_told() {
        assertThat(keys(Shop.faulty())).contains("services.orders.resilience.timeout");

        DrawnSnapshot cut = Shop.faulty().plant(Queries.TIMED_OUT, "orders", 411);
        assertThat(keys(cut)).doesNotContain("services.orders.resilience.timeout");
        assertThat(untold(cut, "timeout of orders"))
                .containsExactly("timeout of orders: 0.1 % of its requests end at the present timeout, so nobody knows"
                        + " how long they take");
        assertThat(keys(Shop.faulty().plant(Queries.TIMED_OUT, "orders", 409)))
                .contains("services.orders.resilience.timeout");
        assertThat(keys(Shop.faulty().plant(Queries.LEFT, "orders", 4_000)))
                .doesNotContain("services.orders.resilience.timeout");
    }

    @Test
    void a_shorter_timeout_leaves_each_try_the_time_that_answers_take() {
        // 99.9 % within 1 s; six tries would share 2.5 s.
        Proposal orders =
                proposal(Shop.faulty().traffic("orders", 410_000, 150, 0.6), "services.orders.resilience.timeout");

        assertThat(orders.edits().get(0).to()).isEqualTo("10s");
        assertThat(orders.evidence()).anyMatch(sentence -> sentence.equals("each of 6 tries would still have 1s666ms"));
    }

    @Test
    void routes_that_no_metric_tells_apart_and_streams_have_no_timeout_told() {
        assertThat(untold(Shop.faulty(), "timeout of web"))
                .containsExactly(
                        "timeout of web: no metric tells its 2 routes apart, and one that few ask would be cut off");
        assertThat(untold(Shop.faulty(), "timeout of chat"))
                .containsExactly("timeout of chat: its streams are counted with its other answers");
    }

    @Test
    void a_pool_is_raised_to_what_littles_law_asks_for_and_never_lowered() {
        Proposal cart = proposal(Shop.faulty(), "services.cart.resilience.connectionPool.tcp.maxConnections");
        assertThat(cart.edits().get(0))
                .hasToString("services.cart.resilience.connectionPool.tcp.maxConnections: 10 → 40");
        assertThat(cart.evidence().get(1)).contains("need 30 connections");

        DrawnSnapshot quiet = Shop.faulty().plant(Queries.OPEN, "cart", 0.5).plant(Queries.OVERFLOW, "cart", -1);
        assertThat(keys(quiet)).noneMatch(key -> key.contains("connectionPool"));
        assertThat(untold(Shop.faulty().plant(Queries.OPEN, "cart", 0.5), "pool of cart"))
                .singleElement()
                .asString()
                .contains("it refused 1.3 % of the requests", "needs only 4 connections");
    }

    @Test
    void a_proposal_that_the_file_would_be_refused_with_is_not_shown_as_one() throws IOException {
        String file = Shop.text()
                .replace(
                        "      timeout: 30s\n      retries: {attempts: 5}",
                        "      timeout: 30s\n      retries:" + " {attempts: 5, perTryTimeout: 5s}");
        Environment shop = Shop.accepted(file).value();
        Advice advice = Advice.of(shop, snapshot(Shop.faulty()));
        Review review = review(advice, file);

        assertThat(review.kept())
                .noneMatch(placed -> placed.proposal().edits().toString().contains("orders.resilience.timeout"));
        assertThat(review.refused())
                .anySatisfy(note -> assertThat(note.toString())
                        .startsWith("services.orders.resilience.timeout: 30s → ")
                        .contains("the file with it is refused: environments/shop.yaml:", "retries.perTryTimeout"));
        assertThat(review.text()).contains("perTryTimeout: 5s");
    }

    @Test
    void every_other_line_of_the_file_stays_and_the_rest_is_read_again() throws IOException {
        Advice advice = Advice.of(Shop.environment(), snapshot(Shop.faulty()));
        Review review = review(advice, Shop.text());
        List<String> after = review.text().lines().toList();

        assertThat(review.kept()).hasSizeGreaterThan(2);
        assertThat(after)
                .containsSubsequence(Shop.text()
                        .lines()
                        .filter(line -> line.contains("#"))
                        .map(line -> line.replace("maxConnections: 10}", "maxConnections: 40}"))
                        .toList());
        Environment changed = Shop.accepted(review.text()).value();
        assertThat(changed.resilienceOf(changed.services().get(Name.of("search")))
                        .circuitBreaker())
                .isEqualTo(Shop.environment().resilience().circuitBreaker());
    }

    static Snapshot snapshot(DrawnSnapshot drawn) {
        return SnapshotReader.read(
                "snapshot.json", drawn.json().getBytes(StandardCharsets.UTF_8), Shop.environment(), "shop");
    }

    private static Review review(Advice advice, String text) throws IOException {
        return Review.of(advice.proposals(), text, Shop.accepted(text), Shop::read);
    }

    private static List<String> keys(DrawnSnapshot drawn) {
        return Advice.of(Shop.environment(), snapshot(drawn)).proposals().stream()
                .flatMap(proposal -> proposal.edits().stream())
                .map(edit -> edit.key().text())
                .toList();
    }

    private static Proposal proposal(DrawnSnapshot drawn, String key) {
        return Advice.of(Shop.environment(), snapshot(drawn)).proposals().stream()
                .filter(each -> each.edits().get(0).key().text().equals(key))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> untold(DrawnSnapshot drawn, String subject) {
        return Advice.of(Shop.environment(), snapshot(drawn)).untold().stream()
                .filter(note -> note.subject().equals(subject))
                .map(Note::toString)
                .toList();
    }
}
