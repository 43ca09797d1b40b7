package io.meshwright.environment.agreement;

import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.environment.agreement.part.Agreement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule over several values of a file has a piece of a file that breaks it, and one that nearly does. */
class AgreementExamplesTest {
    static List<AgreementExample> examples() {
        return AgreementExample.all();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void are_refused_in_the_words_that_stand_there_or_fine(AgreementExample example) {
        assertThat(agreement(example).refusals(example.environment()).stream().map(Exception::getMessage))
                .containsExactlyElementsOf(example.wanted());
    }

    @Test
    void of_every_agreement_are_one_that_breaks_it_and_one_that_nearly_does() {
        Stream<String> without = Agreements.all().stream()
                .map(Agreement::name)
                .filter(name -> examplesOf(name).stream()
                                .allMatch(example -> example.wanted().isEmpty())
                        || examplesOf(name).stream().noneMatch(AgreementExample::isFine));

        assertThat(without).isEmpty();
    }

    @Test
    void either_break_a_rule_or_nearly_do() {
        assertThat(examples())
                .isNotEmpty()
                .allMatch(example -> example.isFine() == example.wanted().isEmpty());
    }

    private static List<AgreementExample> examplesOf(String agreement) {
        return examples().stream()
                .filter(example -> example.agreement().equals(agreement))
                .toList();
    }

    private static Agreement agreement(AgreementExample example) {
        return Agreements.all().stream()
                .filter(agreement -> agreement.name().equals(example.agreement()))
                .findFirst()
                .orElseThrow();
    }
}
