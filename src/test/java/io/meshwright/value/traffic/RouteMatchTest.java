package io.meshwright.value.traffic;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import io.meshwright.value.traffic.RouteMatch.Condition;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RouteMatchTest {
    private static final RouteMatch ANY = RouteMatch.everything();
    private static final TextMatch ONE = TextMatch.exact("1");

    @Test
    void counts_what_it_looks_at() {
        RouteMatch all = new RouteMatch(
                List.of(HttpMethod.POST, HttpMethod.GET, HttpMethod.GET),
                Map.of("a", ONE, "b", ONE),
                Map.of("c", ONE, "d", ONE, "e", ONE),
                Map.of("q", ONE),
                Map.of("group", ONE, "b", ONE, "c", ONE, "d", ONE));

        assertThat(all.conditions()).isEqualTo(10);
        assertThat(all.methods()).containsExactly(HttpMethod.GET, HttpMethod.POST);
        assertThat(all.readsToken()).isTrue();
        assertThat(ANY.conditions()).isZero();
        assertThat(ANY.readsToken()).isFalse();
    }

    @Test
    void everything_has_neither_methods_nor_conditions() {
        assertThat(ANY.isEverything()).isTrue();
        assertThat(ANY.withMethods(List.of(HttpMethod.GET)).isEverything()).isFalse();
        assertThat(ANY.withHeader("a", ONE).isEverything()).isFalse();
    }

    @Test
    void keeps_parameters_and_claims_in_the_order_of_their_names() {
        Map<String, TextMatch> given = new TreeMap<>(java.util.Comparator.reverseOrder());
        given.put("a", ONE);
        given.put("b", ONE);

        assertThat(new RouteMatch(null, null, null, given, given))
                .satisfies(match -> assertThat(match.queryParams()).containsExactlyEntriesOf(new TreeMap<>(given)))
                .satisfies(match -> assertThat(match.claims()).containsExactlyEntriesOf(new TreeMap<>(given)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a[b]", "]", "a\nb", "a\n b"})
    void refuses_what_is_no_claim(String name) {
        assertRefused(() -> ANY.withClaim(name, ONE))
                .startsWith("claims")
                .endsWith(
                        ": has brackets or blanks in its name, or no name; give the claim's name as the token has it");
    }

    @Test
    void takes_a_claim_as_the_token_has_it() {
        assertThat(ANY.withClaim("realm.Group", ONE).claims()).containsOnlyKeys("realm.Group");
    }

    @Test
    void leaves_out_who_passes_a_maintenance() {
        assertThat(ANY.withHeader("b", ONE).except("x-preview", "yes"))
                .isEqualTo(new RouteMatch(
                        null, Map.of("b", ONE), Map.of("x-preview", TextMatch.exact("yes")), null, null));
        assertRefused(() -> ANY.except("x-preview", "yes").except("x-preview", "no"))
                .isEqualTo("match.withoutHeaders: \"x-preview\" is also what lets requests through a maintenance; use"
                        + " another header in one of them");
    }

    @Test
    void a_release_adds_a_header_or_a_claim_of_its_own() {
        Condition header = Condition.header("X-Group", ONE);
        Condition claim = Condition.claim("group", ONE);

        assertThat(ANY.and(header)).isEqualTo(ANY.withHeader("x-group", ONE));
        assertThat(ANY.and(claim)).isEqualTo(ANY.withClaim("group", ONE));
        assertThat(ANY.withClaim("x-group", ONE).and(header).headers()).containsOnlyKeys("x-group");
        assertThat(ANY.withHeader("group", ONE).and(claim).claims()).containsOnlyKeys("group");
        assertRefused(() -> ANY.withHeader("x-group", ONE).and(header))
                .isEqualTo("match.headers: \"x-group\" is also what the release decides by; use another header in one"
                        + " of them");
        assertRefused(() -> ANY.withClaim("group", ONE).and(claim))
                .isEqualTo("match.claims: \"group\" is also what the release decides by; use another claim in one of"
                        + " them");
    }

    @ParameterizedTest
    @ValueSource(strings = {"version=v1", "a=b; version=v1", "version=v1; a=b", "a=b;version=v1;c=d"})
    void finds_a_cookie_among_others(String cookies) {
        assertThat(cookies).matches(cookie().value().regex());
    }

    @ParameterizedTest
    @ValueSource(strings = {"version=v11", "xversion=v1", "a=version=v1", "version=v2", ""})
    void tells_a_cookie_from_others(String cookies) {
        assertThat(cookies).doesNotMatch(cookie().value().regex());
    }

    @Test
    void compares_a_text_in_one_way() {
        String told = "does not say in one way what to match; give one of exact, prefix, regex and present";

        assertRefused(() -> new TextMatch(null, null, null, null)).isEqualTo(told);
        assertRefused(() -> new TextMatch("a", "b", null, null)).isEqualTo(told);
        assertRefused(() -> new TextMatch(null, null, "a", true)).isEqualTo(told);
        assertRefused(() -> new TextMatch(null, null, null, false))
                .isEqualTo("present: \"false\" matches nothing; use withoutHeaders instead");
        assertRefused(() -> TextMatch.regex("(?=a)"))
                .isEqualTo("regex: \"(?=a)\" is not an RE2 expression; mend it; RE2 knows neither look-around nor"
                        + " back-references");
    }

    @Test
    void writes_a_comparison_as_tables_do() {
        assertThat(ONE).hasToString("1");
        assertThat(new TextMatch(null, "a", null, null)).hasToString("a…");
        assertThat(TextMatch.regex("a+")).hasToString("~a+");
        assertThat(TextMatch.anything()).hasToString("present");
    }

    private static Condition cookie() {
        Condition condition = Cookie.named("version").condition(Name.of("v1"));
        assertThat(condition.name()).isEqualTo("cookie");
        assertThat(condition.inToken()).isFalse();
        return condition;
    }
}
