package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.change.ChangeRule;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each code has an edit of one small mesh that has it, and a near one that has it not. */
class ChangeRuleExamplesTest {
    /** Environments are compared by name, before any mesh is. */
    private static final Set<String> OF_ENVIRONMENTS = Set.of("PLAN311", "PLAN312");

    @ParameterizedTest
    @MethodSource("examples")
    void an_edit_has_its_code_and_its_near_miss_has_not(JsonNode example) {
        String code = example.path("code").asText();
        List<ObjectNode> before = PlanEdits.edited(PlanEdits.base(), example.path("before"));

        assertThat(codes(before, PlanEdits.edited(before, example.path("edit"))))
                .as("edit of %s", code)
                .contains(code);
        assertThat(codes(before, PlanEdits.edited(before, example.path("near"))))
                .as("near miss of %s", code)
                .doesNotContain(code);
    }

    @Test
    void every_code_has_an_example() {
        Set<String> codes = new TreeSet<>(
                Arrays.stream(ChangeRule.values()).map(ChangeRule::code).toList());
        codes.removeAll(OF_ENVIRONMENTS);

        assertThat(examples().map(example -> example.path("code").asText()).distinct())
                .containsExactlyInAnyOrderElementsOf(codes);
    }

    private static Stream<JsonNode> examples() {
        return StreamSupport.stream(PlanEdits.examples().spliterator(), false);
    }

    private static List<String> codes(List<ObjectNode> before, List<ObjectNode> after) {
        return Plan.between("", PlanEdits.side(before), PlanEdits.side(after), List.of()).changes().stream()
                .map(Change::rule)
                .map(ChangeRule::code)
                .toList();
    }
}
