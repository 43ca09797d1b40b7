package io.meshwright.manifest.packed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What is read is what was written, to the order of fields and the type of numbers. */
class PackerProperties {
    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void every_value_is_read_as_it_was_written(@ForAll("values") JsonNode first, @ForAll("values") JsonNode second) {
        Texts texts = new Texts();
        byte[] packed = new Packer(texts).value(first).number(7).value(second).bytes();
        Unpacker unpacker = new Unpacker(packed, again(texts));

        JsonNode read = unpacker.value();

        assertThat(read).isEqualTo(first).hasToString(first.toString());
        assertThat(unpacker.number()).isEqualTo(7);
        assertThat(unpacker.value()).isEqualTo(second);
    }

    @Example
    void half_a_character_stays_one() {
        JsonNode half = TextNode.valueOf("\ud83d and \u00e9");
        Texts texts = new Texts();
        byte[] packed = new Packer(texts).value(half).bytes();

        assertThat(new Unpacker(packed, again(texts)).value()).isEqualTo(half);
    }

    @Example
    void a_text_keeps_its_number_when_others_are_added() {
        Texts texts = new Texts();
        byte[] packed = new Packer(texts).text("one").text("two").bytes();
        Texts more = again(texts);
        byte[] added = new Packer(more).text("three").text("two").bytes();

        assertThat(new Unpacker(packed, more).text()).isEqualTo("one");
        assertThat(new Unpacker(added, more).text()).isEqualTo("three");
        assertThat(more.size()).isEqualTo(3);
    }

    private static Texts again(Texts texts) {
        Packer table = new Packer(texts);
        texts.pack(table);
        return Texts.unpacked(new Unpacker(table.bytes(), new Texts()));
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return values(3);
    }

    private static Arbitrary<JsonNode> values(int depth) {
        if (depth == 0) {
            return scalars();
        }
        Arbitrary<JsonNode> inner = values(depth - 1);
        return Arbitraries.oneOf(
                scalars(),
                inner.list().ofMaxSize(3).map(PackerProperties::array),
                Arbitraries.maps(Arbitraries.strings().ofMaxLength(6), inner)
                        .ofMaxSize(3)
                        .map(PackerProperties::object));
    }

    private static Arbitrary<JsonNode> scalars() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(20).map(TextNode::valueOf),
                Arbitraries.integers().map(IntNode::valueOf),
                Arbitraries.longs().map(LongNode::valueOf),
                Arbitraries.doubles().map(DoubleNode::valueOf),
                Arbitraries.of(
                        NullNode.getInstance(),
                        BooleanNode.TRUE,
                        BooleanNode.FALSE,
                        BigIntegerNode.valueOf(BigInteger.ONE.shiftLeft(63))));
    }

    private static JsonNode array(List<JsonNode> items) {
        return JsonNodeFactory.instance.arrayNode().addAll(items);
    }

    private static JsonNode object(Map<String, JsonNode> fields) {
        return JsonNodeFactory.instance.objectNode().setAll(fields);
    }
}
