package io.meshwright.mesh.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class HostNameTest {
    @Test
    void finds_the_most_specific_wildcard_first() {
        assertThat(HostName.wildcardsOver("a.b")).containsExactly("*a.b", "*.b", "*b", "*");
        assertThat(HostName.wildcardsOver("*.b")).containsExactly("*.b", "*b", "*");
    }

    @Property
    void finds_a_wildcard_exactly_where_the_host_lies_within_it(
            @ForAll @StringLength(max = 5) @CharRange(from = 'a', to = 'b') @Chars('.') String host,
            @ForAll @StringLength(max = 5) @CharRange(from = 'a', to = 'b') @Chars('.') String suffix,
            @ForAll boolean isWildcard) {
        String written = isWildcard ? "*".concat(host) : host;
        String wildcard = "*".concat(suffix);

        List<String> found = HostName.wildcardsOver(written).toList();

        assertThat(found.contains(wildcard)).isEqualTo(HostName.within(written, wildcard));
        assertThat(found).isSortedAccordingTo(HostName.MOST_SPECIFIC_FIRST);
    }
}
