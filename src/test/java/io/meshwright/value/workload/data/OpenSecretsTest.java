package io.meshwright.value.workload.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.InvalidValue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenSecretsTest {
    @ParameterizedTest
    @CsvSource({
        "DB_PASSWORD, hunter2",
        "db.pwd, hunter2",
        "API_KEY, abc",
        "CLIENT_SECRET, abc",
        "TOKEN, abc",
        "credentials, abc",
        "DATABASE_URL, postgres://shop:hunter2@db/shop"
    })
    void refuses_a_secret_and_does_not_repeat_it(String variable, String value) {
        assertThatThrownBy(() -> OpenSecrets.refuse(variable, value))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("everybody reads it here; move it to secretEnv")
                .hasMessageNotContaining("hunter2")
                .extracting(refusal -> ((InvalidValue) refusal).key())
                .hasToString(variable.contains(".") ? "env[\"%s\"]".formatted(variable) : "env.".concat(variable));
    }

    @ParameterizedTest
    @CsvSource({
        "PASSWORD_FILE, /run/secrets/db",
        "ALLOW_EMPTY_PASSWORD, yes",
        "DB_PASSWORD, ''",
        "DB_PASSWORD, $(POSTGRES_PASSWORD)",
        "DATABASE_URL, postgres://shop:$(DB_PASSWORD)@db/shop",
        "DATABASE_URL, postgres://db/shop",
        "MONKEY, abc"
    })
    void passes_by_what_only_speaks_of_one(String variable, String value) {
        assertThatCode(() -> OpenSecrets.refuse(variable, value)).doesNotThrowAnyException();
    }

    @Test
    void a_password_in_values_of_a_chart_is_refused_at_any_depth() {
        assertThatThrownBy(() -> OpenValues.refuse(
                        "values", Map.of("auth", Map.of("users", List.of(Map.of("adminPassword", "hunter2"))))))
                .isInstanceOf(InvalidValue.class)
                .hasMessage("values.auth.users[0].adminPassword: is a password, and everybody reads it here; make a"
                        + " Secret, and give the chart its name, as existingSecret and the like do");
        assertThatThrownBy(() -> OpenValues.refuse("values", Map.of("dsn", "amqp://shop:hunter2@mq")))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("values.dsn: is a password");
    }

    @Test
    void values_of_a_chart_may_speak_of_secrets() {
        assertThatCode(() -> OpenValues.refuse(
                        "values",
                        Map.of(
                                "existingSecret",
                                "db",
                                "passwordKey",
                                "password",
                                "replicas",
                                2,
                                "hosts",
                                List.of("a.example.org", Map.of("port", 80)))))
                .doesNotThrowAnyException();
        assertThat(OpenSecrets.isPassword("token", "abc")).isFalse();
    }
}
