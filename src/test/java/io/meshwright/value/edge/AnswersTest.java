package io.meshwright.value.edge;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.meshwright.value.Duration;
import io.meshwright.value.delivery.BesideFile;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a gateway gives itself: pages for errors, maintenance, and 413 for what is too long. */
class AnswersTest {
    @ParameterizedTest
    @CsvSource({"1Ki, 1024", "2k, 2000", "256Mi, 268435456", "262144Ki, 268435456", "10M, 10000000"})
    void a_limit_of_bodies_is_between_1ki_and_256mi(String limit, long bytes) {
        assertThat(BodyLimit.of(limit).bytes()).isEqualTo(bytes);
        assertThat(BodyLimit.of(limit).isNone()).isFalse();
        assertThat(BodyLimit.of(limit)).hasToString(limit);
    }

    @Test
    void a_limit_of_bodies_may_be_none() {
        assertThat(BodyLimit.of("none").isNone()).isTrue();
        assertThat(BodyLimit.of("none")).hasToString("none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1k", "257Mi", "262145Ki", "269M"})
    void refuses_a_limit_of_bodies_out_of_bounds(String limit) {
        assertRefused(() -> BodyLimit.of(limit))
                .isEqualTo("\"%s\" is not between 1Ki and 256Mi, and a gateway pod keeps as much of each request; write"
                        .formatted(limit)
                        .concat(" such as 10Mi; for long uploads, none on their route"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0Ki", "10", "1Gi", "None"})
    void refuses_what_is_no_limit_of_bodies(String limit) {
        assertRefused(() -> BodyLimit.of(limit)).endsWith("give bytes with a unit, such as 512Ki or 10Mi, or none");
    }

    @Test
    void maintenance_says_when_to_come_again() {
        Maintenance maintenance = new Maintenance(null, null, null, null, null);

        assertThat(maintenance.enabled()).isTrue();
        assertThat(maintenance.body()).isEqualTo("Down for maintenance.\n");
        assertThat(maintenance.headers())
                .containsExactly(entry("content-type", "text/plain"), entry("retry-after", "600"));
        assertThat(maintenance(Duration.of("1s"), "<b>soon</b>").headers()).containsEntry("retry-after", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0s", "999ms", "1s500ms"})
    void refuses_a_time_that_no_client_reads(String time) {
        assertRefused(() -> maintenance(Duration.of(time), null))
                .isEqualTo("retryAfter: \"%s\" is not a number of seconds above 0; give whole seconds".formatted(time));
    }

    @Test
    void a_body_has_4096_bytes_and_not_letters() {
        assertThat(maintenance(null, "x".repeat(4096)).body()).hasSize(4096);
        assertThat(Maintenance.fits("body", "ä".repeat(2048))).hasSize(2048);
        assertRefused(() -> maintenance(null, "x".repeat(4097)))
                .isEqualTo("body: has 4097 bytes, and Envoy refuses all routes of a proxy for more than 4096; shorten"
                        + " it, or let a service answer");
        assertRefused(() -> Maintenance.fits("respond.body", "ä".repeat(2049)))
                .startsWith("respond.body: has 4098 bytes");
        assertRefused(() -> maintenance(null, " ")).isEqualTo("body: is empty; give a text");
    }

    @Test
    void who_passes_a_maintenance_shows_the_whole_value_of_a_header() {
        assertThat(except(Map.of("X-Preview", "release")).exceptHeaders())
                .containsExactly(entry("x-preview", "release"));
        assertRefused(() -> except(Map.of("x-preview", " ")))
                .isEqualTo("exceptHeaders.x-preview: \"x-preview\" has no value; give the whole value of the header");
        assertRefused(() -> except(Map.of("x preview", "a")))
                .startsWith("exceptHeaders.x preview: \"x preview\" is not the name of a header; give a name such as"
                        + " x-preview");
        assertRefused(() -> except(Map.of("Host", "a")))
                .startsWith("exceptHeaders.Host: \"Host\" is part of the request, not a header");
        assertRefused(() -> except(Map.of("X-A", "1", "x-a", "2")))
                .startsWith("exceptHeaders.x-a: \"x-a\" is given twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/html; charset=utf-8", "application/problem+json"})
    void a_body_has_a_type(String type) {
        assertThat(new Maintenance(null, null, null, type, null).contentType()).isEqualTo(type);
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "text/", "text/html;", "text/html charset=utf-8"})
    void refuses_what_is_no_type(String type) {
        assertRefused(() -> new Maintenance(null, null, null, type, null))
                .isEqualTo("contentType: \"%s\" is no type of a body; write such as text/html; charset=utf-8"
                        .formatted(type));
        assertRefused(() -> new ErrorPage(List.of(503), "x", null, type)).startsWith("contentType: ");
    }

    @Test
    void a_page_is_for_browsers_unless_its_type_says_otherwise() {
        ErrorPage page = new ErrorPage(List.of(504, 502, 504), "<h1>soon</h1>", null, null);

        assertThat(page.statuses()).containsExactly(502, 504);
        assertThat(page.page()).isEqualTo("<h1>soon</h1>");
        assertThat(page.isHtml()).isTrue();
        assertThat(new ErrorPage(List.of(503), null, new BesideFile("{}"), "application/json"))
                .satisfies(json -> assertThat(json.page()).isEqualTo("{}"))
                .satisfies(json -> assertThat(json.isHtml()).isFalse());
    }

    @Test
    void a_page_has_a_text_of_64ki_at_most_from_one_place() {
        String two = "is not exactly one of text and from; give one of them";
        String wrong = ": is empty, or longer than 64Ki, all of which each gateway pod keeps in its configuration";

        assertThat(page("x".repeat(1 << 16), null).page()).hasSize(1 << 16);
        assertRefused(() -> page("x", new BesideFile("x"))).isEqualTo(two);
        assertRefused(() -> page(null, null)).isEqualTo(two);
        assertRefused(() -> page("x".repeat((1 << 16) + 1), null)).startsWith("text" + wrong);
        assertRefused(() -> page(null, new BesideFile(" "))).startsWith("from" + wrong);
    }

    @ParameterizedTest
    @ValueSource(ints = {399, 600})
    void refuses_a_page_for_what_is_no_error(int status) {
        assertRefused(() -> new ErrorPage(List.of(503, status), "x", null, null))
                .startsWith("statuses: \"%d\" is not between 400 and 599".formatted(status));
    }

    @Test
    void each_status_has_one_page() {
        ErrorPage gateway = new ErrorPage(List.of(502, 503), "x", null, null);
        ErrorPage timeout = new ErrorPage(List.of(504), "y", null, null);

        assertThat(ErrorPage.apart("errorPages", List.of(gateway, timeout))).containsExactly(gateway, timeout);
        assertRefused(() -> ErrorPage.apart("errorPages", List.of(timeout, gateway, gateway)))
                .isEqualTo("errorPages: has two pages for \"502\"; remove one of them");
        assertRefused(() -> new ErrorPage(List.of(), "x", null, null))
                .isEqualTo("statuses: is empty; give at least one entry");
    }

    private static Maintenance maintenance(Duration retryAfter, String body) {
        return new Maintenance(null, retryAfter, body, null, null);
    }

    private static Maintenance except(Map<String, String> headers) {
        return new Maintenance(null, null, null, null, headers);
    }

    private static ErrorPage page(String text, BesideFile from) {
        return new ErrorPage(List.of(503), text, from, null);
    }
}
