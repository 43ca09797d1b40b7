package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.meshwright.check.Finding;
import io.meshwright.check.Findings;
import io.meshwright.check.Severity;
import io.meshwright.mesh.terms.Source;
import io.meshwright.plan.change.Change;
import io.meshwright.plan.object.ObjectChanges;
import io.meshwright.plan.side.Side;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** One finding is told once, whatever becomes of its words. */
class FindingChangesTest {
    private static final String SUBSET = "/spec/http/0/route/1/destination/subset";

    @Test
    void other_words_at_the_same_field_are_told_once() {
        FindingChanges changes = between(subset("v3"), subset("v4"));

        assertThat(told(changes)).singleElement().asString().startsWith("PLAN405 VirtualService shop/shop: error MESH");
        assertThat(changes.changes().get(0).reasons().get(0))
                .startsWith("before: ")
                .contains("v3");
        assertThat(changes.asBefore().all()).noneMatch(Finding::isError);
    }

    @Test
    void a_finding_that_moves_to_another_field_is_gone_and_new() {
        UnaryOperator<Finding> elsewhere =
                finding -> at(finding, "/spec/http/1").saying("no subset v9");

        assertThat(told(changed(elsewhere)))
                .extracting(line -> line.substring(0, 7))
                .containsExactly("PLAN401", "PLAN404");
    }

    @Test
    void an_object_as_a_whole_has_one_finding_where_numbers_alone_differ() {
        UnaryOperator<Finding> whole = finding -> at(finding, "").saying("3 of 12 pods");

        assertThat(told(changed(whole, finding -> whole.apply(finding).saying("4 of 12 pods"))))
                .singleElement()
                .asString()
                .startsWith("PLAN405 ")
                .endsWith(": 4 of 12 pods");
        assertThat(told(changed(whole, finding -> whole.apply(finding).saying("4 of 12 Services"))))
                .extracting(line -> line.substring(0, 7))
                .containsExactly("PLAN401", "PLAN404");
    }

    @Test
    void a_note_stays_a_note_and_a_note_that_becomes_an_error_is_a_new_error() {
        UnaryOperator<Finding> note = finding -> finding.as(Severity.INFO);

        assertThat(told(changed(note, finding -> note.apply(finding).saying("else"))))
                .singleElement()
                .asString()
                .startsWith("PLAN403 ");
        assertThat(told(changed(note, UnaryOperator.identity())))
                .extracting(line -> line.substring(0, 7))
                .containsExactly("PLAN401", "PLAN404");
    }

    private static FindingChanges changed(UnaryOperator<Finding> after) {
        return changed(UnaryOperator.identity(), after);
    }

    /** The same error on both sides, but for what is made of it. */
    private static FindingChanges changed(UnaryOperator<Finding> before, UnaryOperator<Finding> after) {
        Side side = subset("v3");
        return between(with(side, before), with(side, after));
    }

    private static Side with(Side side, UnaryOperator<Finding> change) {
        return new Side(
                side.root(),
                side.mesh(),
                new Findings(side.findings().all().stream()
                        .filter(Finding::isError)
                        .map(change)
                        .toList()));
    }

    private static Finding at(Finding finding, String pointer) {
        return new Finding(
                finding.rule(),
                finding.severity(),
                Optional.of(new Source(finding.manifest().orElseThrow(), pointer)),
                finding.place(),
                finding.message(),
                finding.remedy());
    }

    private static Side subset(String name) {
        List<ObjectNode> objects = PlanEdits.base();
        JsonNode service = objects.stream()
                .filter(object -> PlanEdits.name(object).equals("VirtualService shop/shop"))
                .findFirst()
                .orElseThrow();
        PlanEdits.set(service, SUBSET, TextNode.valueOf(name));
        return PlanEdits.side(objects);
    }

    private static FindingChanges between(Side before, Side after) {
        return new FindingChanges(before, after, ObjectChanges.between(before, after));
    }

    private static List<String> told(FindingChanges changes) {
        return changes.changes().stream()
                .map((Change change) ->
                        "%s %s: %s".formatted(change.rule().code(), change.subject(), change.sentence()))
                .toList();
    }
}
