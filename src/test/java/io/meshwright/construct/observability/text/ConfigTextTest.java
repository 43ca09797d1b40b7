package io.meshwright.construct.observability.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfigTextTest {
    @Test
    void keys_stand_in_the_order_in_which_they_were_put() {
        Section section = Section.of("zebra", 1).with("ant", List.of("x", "1")).with("text", "two\nlines\n");

        assertThat(ConfigText.yaml(section)).isEqualTo("""
        zebra: 1
        ant:
          - x
          - "1"
        text: |
          two
          lines
        """);
        assertThat(ConfigText.json(Section.of("b", 1).with("a", true)))
                .isEqualTo("{\n  \"b\" : 1,\n  \"a\" : true\n}\n");
    }

    @Test
    void a_key_is_put_only_once() {
        assertThatThrownBy(() -> Section.of("a", 1).with("a", 2)).hasMessage("key \"a\" is put twice");
    }
}
