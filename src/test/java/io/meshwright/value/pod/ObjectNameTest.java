package io.meshwright.value.pod;

import static io.meshwright.value.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.meshwright.value.Name;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of ConfigMaps and Secrets: subdomains as RFC 1123 has them, and no others. */
class ObjectNameTest {
    private static final String LONGEST = "a".repeat(200) + "." + "b".repeat(52);

    @ParameterizedTest
    @ValueSource(strings = {"a", "web.settings", "1.2.3", "kube-root-ca.crt", "a--b", "a-1.b-2"})
    void may_have_dots(String name) {
        assertThat(ObjectName.of(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", ".a", "a.", "a..b", "-a", "a-", "a-.b", "a.-b", "A", "a_b", "a/b", "a b"})
    void begin_and_end_each_part_with_a_letter_or_digit(String name) {
        assertRefused(() -> ObjectName.of(name))
                .isEqualTo("\"%s\" is not valid; give a name of lower-case letters, digits, dashes and dots such as"
                        .formatted(name)
                        .concat(" web.settings"));
    }

    @Test
    void are_as_long_as_the_api_server_takes() {
        assertThat(ObjectName.of(LONGEST).value()).hasSize(253);
        assertRefused(() -> ObjectName.of(LONGEST.concat("b"))).isEqualTo("is 254 characters long; give at most 253");
    }

    @Test
    void are_dashed_where_dots_cannot_be() {
        assertThat(ObjectName.of("web.settings").dashed()).isEqualTo("web-settings");
        assertThat(ObjectName.of(Name.of("web"))).isEqualTo(ObjectName.of("web"));
        assertThat(List.of(ObjectName.of("b"), ObjectName.of("a")).stream().sorted())
                .containsExactly(ObjectName.of("a"), ObjectName.of("b"));
    }
}
