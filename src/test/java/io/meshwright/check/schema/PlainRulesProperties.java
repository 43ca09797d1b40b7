package io.meshwright.check.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.cel.runtime.CelEvaluationException;
import io.meshwright.check.cel.Language;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is seen to hold without the language holds in it. */
class PlainRulesProperties {
    private static final List<String> RULES = List.of(
            "(has(self.a) ? 1 : 0) + (has(self.b) ? 1 : 0) <= 1",
            "(has(self.a) ? 1 : 0) + (has(self.b) ? 1 : 0) + (has(self.c) ? 1 : 0) <= 1",
            "(has(self.a) ? 1 : 0) + (has(self.b) ? 1 : 0) == 1",
            "(has(self.__in__) ? 1 : 0) + (has(self.b) ? 1 : 0) <= 1",
            "has(self.a) ? (((has(self.b) && has(self.b.c)) ? self.b.c : {}).size() > 0) : true",
            "has(self.a) ? (has(self.b)) : (has(self.c)) ? (has(self.b)) : true",
            "(has(self.a) || has(self.b)) ? (!has(self.c) &&\n!has(self.d)) : true",
            "(has(self.a) && has(self.b)) ? (has(self.c)) : true",
            "(has(self.b) && has(self.b.c) && self.b.c.size() > 0) || !has(self.a)",
            "has(self.b) ? has(self.c) : has(self.c) || !has(self.a)",
            "(has(self.b) && (has(self.c) || !has(self.a)))",
            "has(self.b) && (has(self.c) || !has(self.a))",
            "duration(self) >= duration('1ms')",
            "!self.contains(\"*\")",
            "!self.contains('*')",
            "self.all(key, key.size() != 0)",
            "self.all(key, !key.contains(\"*\"))",
            "self.all(key, !key.contains('*'))",
            "0 < self && self <= 65535",
            "!has(self.a) || self.a <= (has(self.b) ? self.b : 100)",
            "!has(self.a) || self.a <= (has(self.__in__) ? self.__in__ : 100)");

    @Property(tries = 1000)
    void what_is_plain_holds_in_the_language(@ForAll("rules") String rule, @ForAll("values") JsonNode value) {
        if (PlainRules.hold(rule, value)) {
            assertThat(holds(rule, value)).as("%s of %s", rule, value).isTrue();
        }
    }

    @Example
    void the_usual_values_need_no_language() {
        JsonNode one = JsonNodeFactory.instance.objectNode().put("a", 1);
        JsonNode other = JsonNodeFactory.instance.objectNode().put("x", 1);

        assertThat(List.of(0, 1)).allMatch(rule -> PlainRules.hold(RULES.get(rule), one));
        assertThat(List.of(4, 6, 8)).allMatch(rule -> PlainRules.hold(RULES.get(rule), other));
        assertThat(PlainRules.hold("duration(self) >= duration('1ms')", TextNode.valueOf("10s")))
                .isTrue();
        assertThat(PlainRules.hold("!self.contains('*')", TextNode.valueOf("a.b")))
                .isTrue();
        assertThat(PlainRules.hold("self.all(key, key.size() != 0)", one)).isTrue();
        assertThat(PlainRules.hold("!has(self.a) || self.a <= (has(self.b) ? self.b : 100)", one))
                .isTrue();
        assertThat(PlainRules.hold("!has(self.a) || self.a <= (has(self.b) ? self.b : 0)", one))
                .isFalse();
        assertThat(PlainRules.hold("0 < self && self <= 65535", IntNode.valueOf(8080)))
                .isTrue();
    }

    private static boolean holds(String rule, JsonNode value) {
        try {
            Object self = CelValue.of(MissingNode.getInstance(), value);
            return Boolean.TRUE.equals(
                    Language.program(rule).orElseThrow().eval(Map.of("self", self, "oldSelf", Optional.empty())));
        } catch (CelEvaluationException broken) {
            return false;
        }
    }

    @Provide
    Arbitrary<String> rules() {
        return Arbitraries.of(RULES);
    }

    @Provide
    Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> scalars = Arbitraries.oneOf(
                Arbitraries.of("", "*", "a*", "a", "0s", "1ms", "99999h", "5s", "1.5h", "-1s", "01s", "8080")
                        .map(TextNode::valueOf),
                Arbitraries.of(-1, 0, 1, 65535, 65536).map(IntNode::valueOf),
                Arbitraries.of(
                        NullNode.getInstance(), BooleanNode.TRUE, LongNode.valueOf(1L << 40), IntNode.valueOf(80)));
        Arbitrary<String> keys = Arbitraries.of("a", "b", "c", "d", "in", "", "*");
        Arbitrary<JsonNode> inner = Arbitraries.maps(keys, scalars)
                .ofMaxSize(2)
                .map(fields -> JsonNodeFactory.instance.objectNode().setAll(fields));
        Arbitrary<JsonNode> objects = Arbitraries.maps(keys, Arbitraries.oneOf(scalars, inner))
                .ofMaxSize(4)
                .map(fields -> JsonNodeFactory.instance.objectNode().setAll(fields));
        return Arbitraries.oneOf(scalars, objects, objects);
    }
}
