package io.meshwright.environment.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.Environment;
import io.meshwright.environment.reader.Reading;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of one rule as files that all rules read: what is fine is admitted, what is refused has a place. */
class ExampleFilesTest {
    static List<AgreementExample> examples() {
        return AgreementExample.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void are_refused_at_a_place_of_the_file_or_admitted(AgreementExample example) {
        Reading<Environment> reading =
                EnvironmentReader.read("shop.yaml", example.file().getBytes(StandardCharsets.UTF_8));

        if (example.isFine()) {
            assertThat(reading).isInstanceOf(Reading.Accepted.class);
        } else {
            assertThat(((Reading.Refused<Environment>) reading).problems())
                    .extracting(Object::toString)
                    .allMatch(told -> told.matches("shop\\.yaml:([2-9]|\\d\\d+):\\d+ .*"));
        }
    }
}
