package io.meshwright.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers of the table are an API server's, which {@code PlanJudgedTest} asks for them. */
class RefusedUpdatesTest {
    @ParameterizedTest
    @MethodSource("updates")
    void a_plan_says_what_the_api_server_refuses(Updates.Update update) {
        assertThat(update.isCalledRefused()).isEqualTo(update.refused());
    }

    private static Stream<Updates.Update> updates() {
        return Updates.all();
    }
}
