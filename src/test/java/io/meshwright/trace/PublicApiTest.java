package io.meshwright.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.meshwright.value.InvalidValue;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublicApiTest {
    private static final Trace SHOP =
            Samples.shop(Samples.routes("[{name: all, timeout: 3s, route: [{destination: {host: web}}]}]"));

    @Test
    void a_test_asks_for_the_verdict_and_the_way() {
        Trace.Inquiry inquiry = SHOP.request("GET", "http://shop.example.org/a")
                .header("X-User", "jo")
                .jwt(JsonNodeFactory.instance.objectNode().put("iss", "https://id.example.org"))
                .clientIp("198.51.100.7");

        assertThat(inquiry.verdict().isDelivered()).isTrue();
        assertThat(inquiry.path().hops()).isNotEmpty();
        assertThat(inquiry.path().handling().orElseThrow().name()).isEqualTo("all");
        assertThat(inquiry.path().handling().orElseThrow().timeout()).contains("3s");
        assertThat(inquiry.from("shop/cart").verdict()).isNotEqualTo(inquiry.verdict());
    }

    @Test
    void an_inquiry_changes_nothing_in_the_one_that_it_comes_from() {
        Trace.Inquiry plain = SHOP.request("GET", "http://shop.example.org/");

        assertThat(plain.from("legacy/batch").verdict()).isNotEqualTo(plain.verdict());
        assertThat(plain.verdict().isDelivered()).isTrue();
    }

    @Test
    void what_makes_no_sense_is_refused_where_it_is_said() {
        Trace.Inquiry plain = SHOP.request("GET", "http://shop.example.org/");

        assertThatThrownBy(() -> SHOP.request("get", "http://a/")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> plain.header("a b", "c")).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> plain.clientIp("nowhere"))
                .isInstanceOf(InvalidValue.class)
                .hasMessageStartingWith("clientIp: ");
        assertThatThrownBy(() -> plain.preflight()).isInstanceOf(InvalidValue.class);
        assertThatThrownBy(() -> plain.from("mars/nobody").verdict()).isInstanceOf(InvalidValue.class);
    }

    @Test
    void what_is_documented_is_public_and_nothing_else_of_the_inquiry() {
        List<String> methods = Arrays.stream(Trace.Inquiry.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(method -> method.getName())
                .sorted()
                .toList();

        assertThat(methods)
                .containsExactly(
                        "clientCertificate",
                        "clientIp",
                        "from",
                        "header",
                        "jwt",
                        "path",
                        "preflight",
                        "sni",
                        "verdict");
    }
}
