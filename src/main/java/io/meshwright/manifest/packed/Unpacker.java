package io.meshwright.manifest.packed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;

/** Reads what a {@link Packer} wrote, in the same order; all but {@link #part} must be known to be whole. */
public final class Unpacker {
    private static final int SEVEN_BITS = 0x7f;
    private static final int OCTET = 0xff;

    private final byte[] bytes;
    private final Texts texts;
    private int at;

    public Unpacker(byte[] bytes, Texts texts) {
        this.bytes = bytes;
        this.texts = texts;
    }

    public int number() {
        return (int) big();
    }

    public String text() {
        return texts.text(number());
    }

    /**
     * A copy of the bytes that {@link Packer#part} wrote.
     *
     * @throws IndexOutOfBoundsException where there are fewer
     */
    public byte[] part() {
        int length = number();
        int from = Objects.checkFromIndexSize(at, length, bytes.length);
        at += length;
        return Arrays.copyOfRange(bytes, from, at);
    }

    public JsonNode value() {
        return switch (Sort.of(bytes[at++])) {
            case NULL -> NullNode.getInstance();
            case FALSE -> BooleanNode.FALSE;
            case TRUE -> BooleanNode.TRUE;
            case INT -> IntNode.valueOf((int) signed(big()));
            case LONG -> LongNode.valueOf(signed(big()));
            case BIG_INTEGER -> BigIntegerNode.valueOf(new BigInteger(text()));
            case DOUBLE -> DoubleNode.valueOf(Double.longBitsToDouble(big()));
            case TEXT -> TextNode.valueOf(text());
            case ARRAY -> array();
            case OBJECT -> object();
        };
    }

    private ArrayNode array() {
        int size = number();
        ArrayNode items = new ArrayNode(JsonNodeFactory.instance, size);
        for (int index = 0; index < size; index++) {
            items.add(value());
        }
        return items;
    }

    private ObjectNode object() {
        int size = number();
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        for (int index = 0; index < size; index++) {
            fields.set(text(), value());
        }
        return fields;
    }

    String spelled() {
        int length = number();
        if ((length & 1) == 0) {
            at += length >> 1;
            return new String(bytes, at - (length >> 1), length >> 1, StandardCharsets.ISO_8859_1);
        }
        char[] characters = new char[length >> 1];
        for (int index = 0; index < characters.length; index++, at += 2) {
            characters[index] = (char) ((bytes[at] & OCTET) << Byte.SIZE | bytes[at + 1] & OCTET);
        }
        return new String(characters);
    }

    private static long signed(long number) {
        return number >>> 1 ^ -(number & 1);
    }

    private long big() {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte octet = bytes[at++];
            number |= (long) (octet & SEVEN_BITS) << shift;
            if (octet >= 0) {
                return number;
            }
        }
    }
}
