package io.meshwright.mesh.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportTest {
    private static Export export(String written) {
        return Export.of(written == null ? List.of() : Arrays.asList(written.split(" ")), "shop", List.of("*"));
    }

    @ParameterizedTest
    @CsvSource({
        // as written, whether its own and another namespace see it, whether it is private
        ", true, true, false",
        "*, true, true, false",
        "., true, false, true",
        "shop, true, false, true",
        "~, false, false, false",
        "ops, false, true, false",
        ". ops, true, true, false",
        "~ ops, false, false, false"
    })
    void namespaces_see_what_is_exported_to_them(String written, boolean own, boolean other, boolean isPrivate) {
        assertThat(export(written).reaches("shop")).isEqualTo(own);
        assertThat(export(written).reaches("ops")).isEqualTo(other);
        assertThat(export(written).isPrivate()).isEqualTo(isPrivate);
    }

    @Test
    void what_the_mesh_says_for_want_of_a_word_is_not_written() {
        assertThat(export(null).written()).isEmpty();
        assertThat(export("*").written()).containsExactly("*");
        assertThat(export(". ops").written()).containsExactly(".", "ops");
        assertThat(export(". ops").named()).containsExactly("ops", "shop");
    }
}
