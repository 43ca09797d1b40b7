package io.meshwright.advise;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.advise.snapshot.Queries;
import io.meshwright.advise.snapshot.SnapshotReader;
import io.meshwright.value.InvalidValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SnapshotReaderTest {
    private static final String WHOLE = Shop.faulty().json();

    @Test
    void reads_what_the_generator_draws() {
        assertThat(SnapshotReader.read("s.json", bytes(WHOLE), Shop.environment(), "shop")
                        .answers())
                .containsKeys(Queries.REQUESTS, Queries.LATENCY, Queries.OPEN);
    }

    @Test
    void a_file_that_is_broken_off_empty_or_something_else_is_no_snapshot() {
        assertThat(refusal(WHOLE.substring(0, WHOLE.length() / 2)))
                .startsWith("s.json: is no whole JSON at line ")
                .contains("the download may have broken off; take it again");
        assertThat(refusal("")).startsWith("s.json: is no object; take it again");
        assertThat(refusal("[]")).startsWith("s.json: is no object; take it again");
        assertThat(refusal(WHOLE + WHOLE)).startsWith("s.json: is no whole JSON at line ");
        assertThat(refusal("{\"environment\": \"shop\", \"environment\": \"shop\"}"))
                .startsWith("s.json: is no whole JSON at line 1");
        assertThat(refusal("[".repeat(100_000))).startsWith("s.json: is no whole JSON");
        assertThat(refusal("{\"environment\": \"shop\"}")).startsWith("s.json days: ");
        assertThat(refusal("{\"environment\": \"shop\", \"days\": 7, \"time\": 1772323200}"))
                .startsWith("s.json results: is no list");
    }

    @Test
    void a_file_that_is_too_large_is_refused_before_it_is_parsed() {
        byte[] large = new byte[SnapshotReader.LARGEST + 1];
        Arrays.fill(large, (byte) ' ');

        assertThat(InvalidValue.thrownBy(() -> SnapshotReader.read("s.json", large, Shop.environment(), "shop")))
                .get()
                .extracting(InvalidValue::getMessage)
                .asString()
                .startsWith("s.json: is larger than 32 MiB; ");
    }

    @Test
    void the_snapshot_of_another_cluster_is_refused() {
        assertThat(refusal(WHOLE.replace("\"environment\":\"shop\"", "\"environment\":\"azure\"")))
                .isEqualTo(
                        "s.json environment: \"azure\" is another cluster's; name its environment with --env, or take"
                                + " one of shop");
        assertThat(refusal(WHOLE.replace("cart|chat", "basket|chat")))
                .startsWith("s.json requests: was asked otherwise than now, as of another environment file");
        assertThat(refusal(WHOLE.replace(
                        "\"destination_service_name\":\"cart\"", "\"destination_service_name\":\"basket\"")))
                .startsWith("s.json requests: has a sample of service \"shop/basket\", which shop does not have; it has"
                        + " cart, chat, legacy, orders");
        assertThat(refusal(WHOLE.replace("service_namespace\":\"chat\"", "service_namespace\":\"shop\"")))
                .startsWith("s.json requests: has a sample of service \"shop/chat\"");
    }

    @Test
    void a_metric_that_is_missing_is_named() {
        assertThat(refusal(WHOLE.replaceFirst("(?s)\\{\"name\":\"latency\".*?\n", "")))
                .startsWith("s.json latency: is missing; take it again");
        assertThat(refusal(WHOLE.replaceFirst(
                        "(?s)(\"name\":\"latency\".*?\"result\":\\[).*?\\]\\}\\}\\},\n", "$1]}}},\n")))
                .isEqualTo("s.json latency: has no sample; look whether this Prometheus has"
                        + " istio_request_duration_milliseconds_bucket of shop");
        assertThat(refusal(WHOLE.replaceFirst(
                        "\"status\":\"success\",\"data\"",
                        "\"status\":\"error\",\"error\":\"query timed out\",\"data\"")))
                .startsWith("s.json requests: was answered with an error, \"query timed out\"; ");
        assertThat(refusal(WHOLE.replace("\"vector\"", "\"matrix\"")))
                .isEqualTo("s.json requests: is no vector; ask /api/v1/query, not query_range");
        assertThat(refusal(WHOLE.replace("\"range\":\"7d\"", "\"range\":\"1d\"")))
                .startsWith("s.json requests: covers \"1d\", and the snapshot 7d");
    }

    @Test
    void a_value_that_says_nothing_is_refused() {
        for (String value : new String[] {"NaN", "+Inf", "-Inf", "-1", "many", "", "1e999"}) {
            assertThat(refusal(WHOLE.replace("\"410000\"", "\"%s\"".formatted(value))))
                    .as(value)
                    .startsWith("s.json requests: has the value \"%s\", which says nothing; ".formatted(value));
        }
        assertThat(refusal(WHOLE.replace("[1772323200,\"410000\"]", "[1772000000,\"410000\"]")))
                .startsWith("s.json requests: is of another time than the snapshot");
        assertThat(refusal(WHOLE.replace("[1772323200,\"410000\"]", "[1772323200,410000]")))
                .startsWith("s.json requests: has a sample without time and value");
    }

    @Test
    void a_histogram_without_its_last_bucket_is_refused_and_not_judged() {
        String cut = WHOLE.replace("\"le\":\"+Inf\"", "\"le\":\"7200000\"");

        assertThat(InvalidValue.thrownBy(() -> Advice.of(
                        Shop.environment(), SnapshotReader.read("s.json", bytes(cut), Shop.environment(), "shop"))))
                .get()
                .hasToString(
                        "io.meshwright.value.InvalidValue: version-latency of web v1: has no bucket le=\"+Inf\"; take the"
                                + " snapshot again");
    }

    private static String refusal(String json) {
        return InvalidValue.thrownBy(() -> SnapshotReader.read("s.json", bytes(json), Shop.environment(), "shop"))
                .orElseThrow()
                .getMessage();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
