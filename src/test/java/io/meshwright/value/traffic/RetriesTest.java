package io.meshwright.value.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.meshwright.value.Duration;
import io.meshwright.value.HttpMethod;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.traffic.Retries.Condition;
import io.meshwright.value.traffic.Retries.Part;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final Duration SECOND = Duration.of("1s");

    @Test
    void what_may_be_asked_twice_gets_a_route_of_its_own_before_the_rest() {
        RouteMatch any = match();

        assertThat(Retries.defaults().parts(any))
                .extracting(Part::again, part -> part.match().methods())
                .containsExactly(
                        tuple(
                                true,
                                List.of(HttpMethod.values()).stream()
                                        .filter(HttpMethod::isSafe)
                                        .toList()),
                        tuple(false, List.of()));
    }

    @Test
    void of_methods_that_are_named_only_these_are_split() {
        assertThat(Retries.defaults().parts(match(HttpMethod.GET, HttpMethod.POST)))
                .extracting(Part::again, part -> part.match().methods())
                .containsExactly(tuple(true, List.of(HttpMethod.GET)), tuple(false, List.of(HttpMethod.POST)));
    }

    @Test
    void one_route_is_enough_where_all_or_none_may_be_asked_twice() {
        assertThat(Retries.defaults().parts(match(HttpMethod.GET)))
                .extracting(Part::again)
                .containsExactly(true);
        assertThat(Retries.defaults().parts(match(HttpMethod.POST)))
                .extracting(Part::again)
                .containsExactly(false);
        assertThat(Retries.none().parts(match())).extracting(Part::again).containsExactly(true);
        assertThat(new Retries(null, null, null, true).parts(match()))
                .extracting(Part::again)
                .containsExactly(true);
    }

    @Test
    void tries_share_the_time_and_none_is_left_without() {
        assertThat(Retries.defaults().perTry(Duration.of("3s"))).contains(SECOND);
        assertThat(new Retries(10, null, null, null).perTry(Duration.of("5ms"))).contains(Duration.of("1ms"));
        assertThat(Retries.defaults().perTry(Duration.of("0s"))).isEmpty();
        assertThat(new Retries(2, SECOND, null, null).perTry(Duration.of("0s"))).contains(SECOND);
    }

    @Test
    void tries_fit_the_timeout_to_the_last() {
        Retries three = new Retries(2, SECOND, null, null);

        assertThatCode(() -> three.within(Duration.of("3s"))).doesNotThrowAnyException();
        assertThatCode(() -> three.within(Duration.of("0s"))).doesNotThrowAnyException();
        assertThatCode(() -> new Retries(0, SECOND, null, null).within(Duration.of("500ms")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> three.within(Duration.of("2999ms")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("for the first try and 2 more takes 3s, longer than the timeout 2999ms");
    }

    @Test
    void conditions_are_those_that_are_safe_unless_some_are_named() {
        assertThat(new Retries(null, null, List.of(), null).retryOn())
                .contains(Condition.CONNECT_FAILURE)
                .doesNotContain(Condition.SERVER_ERROR, Condition.RESET);
        assertThat(new Retries(null, null, List.of(Condition.RESET, Condition.UNAVAILABLE, Condition.RESET), null)
                        .retryOn())
                .containsExactly(Condition.UNAVAILABLE, Condition.RESET);
    }

    @Test
    void refuses_tries_without_time_and_more_than_ten() {
        assertThatThrownBy(() -> new Retries(null, Duration.of("0s"), null, null))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("perTryTimeout: \"0s\" leaves no time");
        assertThatThrownBy(() -> new Retries(11, null, null, null))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("attempts: ");
        assertThat(new Retries(10, null, null, null).attempts()).isEqualTo(10);
    }

    private static RouteMatch match(HttpMethod... methods) {
        return RouteMatch.everything().withMethods(List.of(methods));
    }
}
