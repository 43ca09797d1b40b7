package io.meshwright.value;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InvalidValueTest {
    private static final InvalidValue REFUSAL = new InvalidValue("port", "\"0\" is too small", "give 1 or more");

    @Test
    void reads_key_then_problem_then_remedy() {
        assertThat(REFUSAL).hasMessage("port: \"0\" is too small; give 1 or more");
        assertThat(new InvalidValue("", "is empty", "give a text")).hasMessage("is empty; give a text");
    }

    @Test
    void moves_below_its_owner() {
        assertThat(REFUSAL.under("services.web").key()).isEqualTo("services.web.port");
        assertThat(new InvalidValue("", "is empty", "give a text")
                        .under("hosts")
                        .key())
                .isEqualTo("hosts");
        assertThat(new InvalidValue("[1]", "is empty", "give a text")
                        .under("hosts")
                        .key())
                .isEqualTo("hosts[1]");
    }

    @Test
    void many_are_thrown_together() {
        assertThatThrownBy(() -> InvalidValues.throwIfAny(List.of(REFUSAL, REFUSAL.under("a"))))
                .isInstanceOf(InvalidValues.class)
                .hasMessage("port: \"0\" is too small; give 1 or more\na.port: \"0\" is too small; give 1 or more");
        assertThatCode(() -> InvalidValues.throwIfAny(List.of())).doesNotThrowAnyException();
    }

    @Test
    void a_key_path_quotes_what_would_read_as_structure() {
        KeyPath hosts = KeyPath.root().key("hosts");

        assertThat(hosts.key("web-1").index(0)).hasToString("hosts.web-1[0]");
        assertThat(hosts.key("a.b").key("c")).hasToString("hosts[\"a.b\"].c");
        assertThat(hosts.key("a\"\n")).hasToString("hosts[\"a\\\"\\u000a\"]");
        assertThat(hosts.key("")).hasToString("hosts[\"\"]");
    }

    @Test
    void required_values_are_demanded_by_key() {
        assertRefused(() -> Require.present("name", null)).isEqualTo("name: is missing; add it");
        assertRefused(() -> Require.notEmpty("hosts", List.of())).isEqualTo("hosts: is empty; give at least one entry");
        assertRefused(() -> Require.notEmpty("hosts", Map.of())).isEqualTo("hosts: is empty; give at least one entry");
        assertRefused(() -> Require.notBlank("reason", " ")).isEqualTo("reason: is empty; give a text");
        assertRefused(() -> Require.inRange("steps", 9, 1, 5))
                .isEqualTo("steps: \"9\" is not between 1 and 5; give a whole number from 1 to 5");
        assertRefused(() -> Require.that(false, "a", "b", "c")).isEqualTo("a: b; c");
    }

    @Test
    void what_holds_is_handed_back() {
        assertThat(Require.present("name", "web")).isEqualTo("web");
        assertThat(Require.notEmpty("hosts", List.of("a"))).containsExactly("a");
        assertThat(Require.notEmpty("hosts", Map.of("a", 1))).containsKey("a");
        assertThat(Require.notBlank("reason", "x")).isEqualTo("x");
        assertThat(Require.inRange("steps", 5, 1, 5)).isEqualTo(5);
        assertThatCode(() -> Require.that(true, "a", "b", "c")).doesNotThrowAnyException();
    }

    @Test
    void a_quoted_value_stays_on_one_short_line() {
        assertThat(Plain.quoted("a\nb")).isEqualTo("\"a\\u000ab\"");
        assertThat(Plain.quoted("x".repeat(70))).isEqualTo("\"" + "x".repeat(60) + "…\"");
    }

    @Test
    void a_rule_is_tried_without_being_thrown() {
        assertThat(InvalidValue.thrownBy(() -> {
                    throw REFUSAL;
                }))
                .contains(REFUSAL);
        assertThat(InvalidValue.thrownBy(() -> {})).isEmpty();
        assertThat(REFUSAL.problem()).isEqualTo("\"0\" is too small");
        assertThat(new InvalidValues(List.of(REFUSAL)).values()).containsExactly(REFUSAL);
    }

    @Test
    void both_ends_of_a_range_are_in_it() {
        assertThat(Require.inRange("steps", 1, 1, 5)).isEqualTo(1);
        assertRefused(() -> Require.inRange("steps", 0, 1, 5)).startsWith("steps: \"0\" is not between 1 and 5");
        assertRefused(() -> Require.inRange("steps", 6, 1, 5)).startsWith("steps: \"6\" is not between 1 and 5");
    }

    @Test
    void a_kind_may_have_a_group() {
        assertThat(Require.kind("kind", "Ingress")).isEqualTo("Ingress");
        assertThat(Require.kind("kind", "networking.k8s.io/Ingress")).isEqualTo("networking.k8s.io/Ingress");
        for (String kind : List.of("ingress", "/Ingress", "K8s.io/Ingress", "a/b/Ingress", "Ingress-1", "")) {
            assertRefused(() -> Require.kind("kind", kind))
                    .isEqualTo("kind: \"%s\" is no kind; write Kind or group/Kind, such as networking.k8s.io/Ingress"
                            .formatted(kind));
        }
    }

    @Test
    void a_text_of_60_letters_is_quoted_whole() {
        assertThat(Plain.quoted("x".repeat(60))).isEqualTo("\"" + "x".repeat(60) + "\"");
        assertThat(Plain.quoted("x".repeat(61))).isEqualTo("\"" + "x".repeat(60) + "…\"");
        assertThat(Plain.quoted("\ud800")).isEqualTo("\"\\ud800\"");
    }

    @Test
    void an_exception_is_written_where_checks_find_it() {
        Acceptance terms = new Acceptance("platform", "moves in March", Day.of("2027-03-31"));

        assertThat(ExceptionTerms.annotations(terms))
                .containsEntry(MeshwrightNames.OWNER, "platform")
                .containsEntry(MeshwrightNames.REASON, "moves in March")
                .containsEntry(MeshwrightNames.EXPIRES, "2027-03-31")
                .hasSize(3);
        assertThat(ExceptionTerms.annotations(Port.of(8080), terms))
                .containsOnlyKeys(
                        MeshwrightNames.OWNER + "-8080",
                        MeshwrightNames.REASON + "-8080",
                        MeshwrightNames.EXPIRES + "-8080");
        assertThat(ExceptionTerms.ignoring("MESH101", " moves\n  in March ")).isEqualTo("MESH101: moves in March");
    }
}
