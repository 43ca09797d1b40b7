package io.meshwright.value.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.HttpMethod;
import io.meshwright.value.Name;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallerTest {
    @Test
    void is_a_word_when_it_has_no_limits() {
        assertThat(Caller.of("gateway")).isEqualTo(Caller.gateway());
        assertThat(Caller.of("gateway").isGateway()).isTrue();
        assertThat(Caller.of("user-service").isGateway()).isFalse();
        assertThat(Caller.of("user-service").isLimited()).isFalse();
    }

    @Test
    void orders_its_limits() {
        Caller caller = new Caller(
                Name.of("user-service"),
                List.of(HttpMethod.POST, HttpMethod.GET, HttpMethod.POST),
                List.of(PathPattern.of("/b"), PathPattern.of("/a")));

        assertThat(caller.isLimited()).isTrue();
        assertThat(caller.methods()).containsExactly(HttpMethod.GET, HttpMethod.POST);
        assertThat(caller.paths()).containsExactly(PathPattern.of("/a"), PathPattern.of("/b"));
    }

    @Test
    void refuses_a_caller_without_a_name() {
        assertThatThrownBy(() -> new Caller(null, null, null)).hasMessage("from: is missing; add it");
    }
}
