package io.meshwright.mesh.terms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class UnfilledHostTest {
    @Test
    void may_be_any_name_that_has_what_is_written_of_it() {
        for (String written : List.of(
                "shop.${DOMAIN}",
                "shop.${DOMAIN:=example.org}",
                "shop.{{ .Values.domain }}",
                "shop.$(DOMAIN)",
                "shop.<your domain>",
                "shop.{DOMAIN}",
                "shop.$domain",
                "shop.__DOMAIN__",
                "${NAME}.example.org",
                "${HOST}",
                "sho${P}.example.org")) {
            assertThat(UnfilledHost.mayBe(written, "shop.example.org"))
                    .as(written)
                    .isTrue();
        }
        assertThat(UnfilledHost.mayBe("shop.${DOMAIN}", "blog.example.org")).isFalse();
        assertThat(UnfilledHost.mayBe("${NAME}.example.org", "shop.example.com"))
                .isFalse();
        assertThat(UnfilledHost.mayBe("shop.${DOMAIN}", "shop")).isFalse();
        assertThat(UnfilledHost.mayBe("shop.${DOMAIN}.", "shop.example.org")).isFalse();
    }

    @Test
    void stands_for_every_beginning_where_it_is_a_wildcard() {
        assertThat(UnfilledHost.mayBe("*.${DOMAIN}", "shop.example.org")).isTrue();
        assertThat(UnfilledHost.mayBe("*.${TEAM}.example.org", "shop.web.example.org"))
                .isTrue();
        assertThat(UnfilledHost.mayBe("*.${TEAM}.example.org", "shop.web.example.com"))
                .isFalse();
    }

    @Test
    void is_none_that_is_written_whole() {
        assertThat(UnfilledHost.mayBe("shop.example.org", "shop.example.org")).isFalse();
        assertThat(UnfilledHost.mayBe("*", "shop.example.org")).isFalse();
        assertThat(UnfilledHost.mayBe(List.of("*.example.org", "shop.${DOMAIN}"), "shop.example.org"))
                .contains("shop.${DOMAIN}");
    }
}
