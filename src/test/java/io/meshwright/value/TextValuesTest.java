package io.meshwright.value;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextValuesTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "web-1", "0"})
    void takes_a_dns_label_as_name(String name) {
        assertThat(Name.of(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Web", "-web", "web-", "web_1", "a.b", "web\n"})
    void refuses_a_name_that_kubernetes_would(String name) {
        assertRefused(() -> Name.of(name)).contains("; give ");
    }

    @Test
    void refuses_a_name_longer_than_a_dns_label() {
        assertThat(Name.of("x".repeat(63)).value()).hasSize(63);
        assertRefused(() -> Name.of("x".repeat(64))).isEqualTo("is 64 characters long; give at most 63");
    }

    @ParameterizedTest
    @CsvSource({"1.30.5, 1, 30, 5", "1.33, 1, 33, 0", "0.1, 0, 1, 0"})
    void knows_the_numbers_of_a_version(String text, int major, int minor, int patch) {
        Version version = Version.of(text);

        assertThat(new int[] {version.major(), version.minor(), version.patch()})
                .containsExactly(major, minor, patch);
        assertThat(version).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "v1.30", "1.30.5-rc1", "01.2", "1.2.3.4", "1.x"})
    void refuses_what_is_no_release(String text) {
        assertRefused(() -> Version.of(text)).endsWith("is not valid; give a version such as 1.30.5 or \"1.33\"");
    }

    @Test
    void orders_versions_by_number_and_not_by_letter() {
        assertThat(Version.of("1.9.9")).isLessThan(Version.of("1.30"));
        assertThat(Version.of("1.30")).isEqualByComparingTo(Version.of("1.30.0"));
        assertThat(Version.of("1.30.5").isAtLeast(Version.of("1.30"))).isTrue();
        assertThat(Version.of("1.29.8").isAtLeast(Version.of("1.30"))).isFalse();
        assertThat(Version.of("1.30.5").line()).isEqualTo(Version.of("1.30"));
    }

    @Test
    void takes_an_image_apart() {
        ImageReference image = ImageReference.of("ghcr.io:443/a/b-c:v1@sha256:" + "0a".repeat(32));

        assertThat(image.repository()).isEqualTo("ghcr.io:443/a/b-c");
        assertThat(image.tag()).isEqualTo("v1");
        assertThat(image.digest()).contains("sha256:" + "0a".repeat(32));
        assertThat(ImageReference.of("docker.io/library/nginx:1.29.1").digest()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "docker.io/library/nginx | has no tag",
                "docker.io/library/nginx:latest | moves with every release",
                "library/nginx:1.29.1 | names no registry",
                "nginx:1.29.1 | is not valid",
                "docker.io/Nginx:1 | is not valid",
                "docker.io/nginx:1@sha256:abc | is not valid",
                "localhost:5000/nginx | has no tag"
            })
    void refuses_an_image_that_may_change_under_its_name(String image, String why) {
        assertRefused(() -> ImageReference.of(image)).contains(why);
    }

    @Test
    void takes_an_address_of_the_web_apart() {
        Url url = Url.of("https://oauth.buildingbite.com:8443/realms/x");

        assertThat(url.host()).isEqualTo("oauth.buildingbite.com");
        assertThat(url.port()).isEqualTo(Port.of(8443));
        assertThat(url.path()).isEqualTo("/realms/x");
        assertThat(url.isHttps()).isTrue();
        assertThat(Url.of("http://a").port()).isEqualTo(Port.of(80));
        assertThat(Url.of("https://a").port()).isEqualTo(Port.of(443));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://a", "https://", "a.b/c", "https:///x", "https://a b", "https://[x"})
    void refuses_what_is_no_address_of_the_web(String url) {
        assertRefused(() -> Url.of(url)).contains("https://example.org/path");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://me:hunter2@example.org/x", "https://me:hunter2@"})
    void never_repeats_credentials(String url) {
        assertRefused(() -> Url.of(url)).doesNotContain("hunter2").contains("refer to a Secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65536, 99999})
    void an_address_has_a_port_that_can_be(int port) {
        assertRefused(() -> Url.of("https://a:%d".formatted(port)))
                .contains("names port %d; give a port from 1 to 65535".formatted(port));
        assertThat(Url.of("https://a:65535").port()).isEqualTo(Port.of(65535));
    }

    @Test
    void takes_an_email_address() {
        assertThat(Email.of("platform@jiminhome.shop")).hasToString("platform@jiminhome.shop");
        assertRefused(() -> Email.of("platform@localhost")).contains("e-mail address such as");
        assertRefused(() -> Email.of("a b@example.org")).contains("e-mail address such as");
    }

    @Test
    void refers_to_a_secret_with_or_without_key() {
        assertThat(SecretRef.of("grafana-admin/password").name()).isEqualTo("grafana-admin");
        assertThat(SecretRef.of("grafana-admin/password").key()).contains("password");
        assertThat(SecretRef.of("grafana-admin").key()).isEmpty();
        assertRefused(() -> SecretRef.of("Grafana")).contains("grafana-admin/password");
        assertRefused(() -> SecretRef.of("a/b/c")).contains("grafana-admin/password");
        assertThat(SecretRef.of("web.keys.1/a.b").name()).isEqualTo("web.keys.1");
        for (String wrong : List.of("a..b/c", "a-.b", "a.-b/c", ".a", "a./b")) {
            assertRefused(() -> SecretRef.of(wrong)).contains("grafana-admin/password");
        }
        assertRefused(() -> SecretRef.of("a".repeat(254))).contains("at most 253 characters");
    }

    @Test
    void takes_a_day_of_the_calendar() {
        assertThat(Day.of("2028-02-29").date().getDayOfYear()).isEqualTo(60);
        assertThat(Day.of("2026-12-31")).isLessThan(Day.of("2027-01-01"));
        assertRefused(() -> Day.of("2027-02-29")).contains("is not in the calendar");
        assertRefused(() -> Day.of("31.12.2027")).contains("give a day such as 2027-03-31");
    }

    @ParameterizedTest
    @CsvSource({"1.30, true", "1.30.0, false", "1.30.5, false"})
    void a_line_is_named_by_two_numbers(String version, boolean line) {
        assertThat(Version.of(version).isLine()).isEqualTo(line);
    }

    @Test
    void a_version_is_at_least_itself() {
        assertThat(Version.of("1.30").isAtLeast(Version.of("1.30.0"))).isTrue();
        assertThat(Version.of("1.30.0").isAtLeast(Version.of("1.30"))).isTrue();
    }

    @Test
    void a_secret_is_asked_for_a_key_by_who_needs_one() {
        assertThat(SecretRef.of("db/password").keyed("auth")).hasToString("db/password");
        assertRefused(() -> SecretRef.of("db").keyed("auth")).isEqualTo("auth: \"db\" names no key; write secret/key");
        assertThat(SecretRef.of("a".repeat(253).concat("/key")).name()).hasSize(253);
    }

    @Test
    void orders_names_images_and_addresses_by_letter() {
        assertThat(Name.of("a")).isLessThan(Name.of("b")).isGreaterThan(Name.of("0"));
        assertThat(SecretRef.of("a/b")).isLessThan(SecretRef.of("a/c"));
        assertThat(Url.of("https://a")).isLessThan(Url.of("https://b"));
        assertThat(ImageReference.of("a.b/c:1"))
                .isLessThan(ImageReference.of("a.b/c:2"))
                .hasToString("a.b/c:1");
    }

    @Test
    void the_service_of_a_namespace_has_one_host_everywhere() {
        assertThat(KubernetesNames.serviceHost(Name.of("web"), Name.of("shop")))
                .isEqualTo(Host.of("web.shop.svc.cluster.local"));
    }
}
