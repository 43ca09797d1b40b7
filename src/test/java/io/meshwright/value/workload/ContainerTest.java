package io.meshwright.value.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meshwright.value.ImageReference;
import io.meshwright.value.InvalidValue;
import io.meshwright.value.Quantity;
import io.meshwright.value.workload.data.EnvVar;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerTest {
    @ParameterizedTest
    @CsvSource({
        "quay.io/keycloak/keycloak:26.3.5, /opt/keycloak/lib/quarkus, /opt/keycloak/lib/quarkus",
        "buildingbite.azurecr.io/keycloak:26.3.5, /opt/keycloak/lib/, /opt/keycloak/lib/lib",
        "quay.io/keycloak/keycloak:26.3.5, /opt/keycloak, /opt/keycloak/bin",
        "docker.io/library/nginx:1.29.1, /etc/nginx, /etc/nginx/nginx.conf",
        "docker.io/nginxinc/nginx-unprivileged:1.29.1, /etc, /etc/nginx/nginx.conf"
    })
    void refuses_an_empty_folder_over_what_the_image_needs(String image, String path, String hidden) {
        assertThatThrownBy(() -> writing(image, "/tmp", path))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("writable[1]: an empty folder would hide \"%s\"".formatted(hidden));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tmp | writable[0]: \"tmp\" is not an absolute path; start it with /",
                "/ | writable[0]: \"/\" would hide the whole image; name one folder, such as /tmp",
                "/a/../b | writable[0]: \"/a/../b\" is no folder; name one folder, such as /tmp",
                "/proc/x | writable[0]: \"/proc/x\" is the kernel's own; name another folder"
            })
    void refuses_what_no_empty_folder_may_be_at(String path, String told) {
        assertThatThrownBy(() -> writing("docker.io/library/nginx:1.29.1", path))
                .isInstanceOf(InvalidValue.class)
                .hasMessage(told);
    }

    @Test
    void refuses_a_new_volume_over_it_too() {
        ImageReference image = ImageReference.of("quay.io/keycloak/keycloak:26.3.5");

        assertThatThrownBy(() -> Container.of(image, Resources.of("50m", "64Mi", "128Mi"))
                        .with(new Storage(Quantity.of("1Gi"), "/opt/keycloak", null)))
                .isInstanceOf(InvalidValue.class)
                .hasMessageContaining("storage.mountPath: an empty folder would hide");
    }

    @ParameterizedTest
    @CsvSource({
        "quay.io/keycloak/keycloak:26.3.5, /opt/keycloak/data",
        "quay.io/keycloak/keycloak:26.3.5, /opt/keycloak/library",
        "docker.io/library/nginx:1.29.1, /etc/nginx/conf.d",
        "example.com/shop/web:1.0.0, /opt/keycloak/lib"
    })
    void lets_every_other_folder_be_empty(String image, String path) {
        assertThat(writing(image, path).writable()).containsExactly(path);
    }

    @ParameterizedTest
    @CsvSource({
        "DB_PASSWORD_FILE, /run/secrets/db",
        "ALLOW_EMPTY_PASSWORD, yes",
        "TOKEN_URL, https://id.example.org/token",
        "DB_PASSWORD, $(FROM_ELSEWHERE)",
        "DB_URL, postgresql://db.example.org:5432/shop?user=shop",
        "DB_URL, postgresql://shop:$(DB_PASSWORD)@db.example.org/shop",
        "KEY_VAULT, shop",
        "PWD, /srv"
    })
    void lets_variables_speak_of_secrets(String variable, String value) {
        assertThat(reading(variable, value).env()).containsEntry(variable, EnvVar.of(value));
    }

    @ParameterizedTest
    @CsvSource({
        "spring.datasource.password, a",
        "OPENAI_API_KEY, sk-1",
        "JWT_SECRET, b",
        "PGPASSWORD, c",
        "github-token, c",
        "AMQP_URL, amqp://shop:hunter2@mq.example.org"
    })
    void refuses_secrets_among_plain_variables_and_keeps_them_to_itself(String variable, String value) {
        assertThatThrownBy(() -> reading(variable, value))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("env")
                .hasMessageContaining("secretEnv")
                .hasMessageNotContaining("hunter2");
    }

    private static Container reading(String variable, String value) {
        return new Container(
                ImageReference.of("docker.io/library/httpd:2.4.65"),
                null,
                null,
                java.util.Map.of(variable, EnvVar.of(value)),
                null,
                null,
                Resources.of("50m", "64Mi", "128Mi"),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static Container writing(String image, String... paths) {
        return new Container(
                ImageReference.of(image),
                null,
                null,
                null,
                null,
                null,
                Resources.of("50m", "64Mi", "128Mi"),
                null,
                null,
                null,
                List.of(paths),
                null,
                null,
                null,
                null);
    }
}
