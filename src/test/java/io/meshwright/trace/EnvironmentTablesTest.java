package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.trace.answer.DeliveryTarget;
import io.meshwright.trace.answer.Verdict;
import io.meshwright.trace.answer.Verdict.Delivered;
import io.meshwright.trace.report.RequestTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What becomes of requests on three environments. */
class EnvironmentTablesTest {
    private static final Path TABLES = Path.of("test/resources/trace");

    @TestFactory
    Stream<DynamicTest> every_row_is_as_expected() {
        return Stream.of("azure", "egov", "homelab").flatMap(environment -> {
            Trace trace = Trace.of(Samples.environment(environment));
            return RequestTable.read(TABLES.resolve(environment.concat(".yaml"))).stream()
                    .map(row -> DynamicTest.dynamicTest(
                            "%s: %s".formatted(environment, row),
                            () -> assertThat(row.misses(trace)).isEmpty()));
        });
    }

    @Test
    void ten_thousand_draws_of_the_canary_stay_near_its_weights() {
        Verdict verdict = Trace.of(Samples.environment("azure"))
                .request("GET", "http://user-service.user-service/")
                .from("default/sangsang-plus-gateway")
                .verdict();
        List<DeliveryTarget> targets = ((Delivered) verdict).targets();
        Random random = new Random(20250801);
        int stable = 0;
        for (int draw = 0; draw < 10_000; draw++) {
            stable += drawn(targets, random.nextDouble()).subset().orElseThrow().equals("v1") ? 1 : 0;
        }
        // Five standard deviations of 10,000 draws at 0.9 are 150.
        assertThat(stable).isBetween(8_850, 9_150);
    }

    private static DeliveryTarget drawn(List<DeliveryTarget> targets, double number) {
        double sum = 0;
        for (DeliveryTarget target : targets) {
            sum += target.part();
            if (number < sum) {
                return target;
            }
        }
        return targets.get(targets.size() - 1);
    }
}
