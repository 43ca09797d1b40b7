package io.meshwright.manifest.packed;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Writes numbers, texts and values one after the other; {@link Unpacker} reads them in the same order. */
public final class Packer {
    private static final int SEVEN_BITS = 0x7f;
    private static final int FIRST_OF_TWO_BYTES = 0x100;

    private final Texts texts;
    private byte[] bytes = new byte[256];
    private int size;

    /** Texts are written as their numbers in a table that is kept elsewhere. */
    public Packer(Texts texts) {
        this.texts = texts;
    }

    /** All that was written. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    /** A number from 0; small ones take least. */
    public Packer number(int number) {
        return big(Integer.toUnsignedLong(number));
    }

    public Packer text(String text) {
        return number(texts.number(text));
    }

    /** Bytes with their number, which {@link Unpacker#part} reads. */
    public Packer part(byte[] part) {
        number(part.length);
        return raw(part, part.length);
    }

    /** A value of JSON, with its fields in their order. */
    public Packer value(JsonNode value) {
        switch (value.getNodeType()) {
            case OBJECT -> {
                octet(Sort.OBJECT).number(value.size());
                for (Map.Entry<String, JsonNode> field : value.properties()) {
                    text(field.getKey()).value(field.getValue());
                }
            }
            case ARRAY -> {
                octet(Sort.ARRAY).number(value.size());
                value.forEach(this::value);
            }
            case STRING -> octet(Sort.TEXT).text(value.textValue());
            case BOOLEAN -> octet(value.booleanValue() ? Sort.TRUE : Sort.FALSE);
            case NUMBER -> numeric(value);
            default -> octet(Sort.NULL);
        }
        return this;
    }

    private void numeric(JsonNode value) {
        switch (value.numberType()) {
            case INT -> octet(Sort.INT).big(zigzag(value.intValue()));
            case LONG -> octet(Sort.LONG).big(zigzag(value.longValue()));
            case BIG_INTEGER ->
                octet(Sort.BIG_INTEGER).text(value.bigIntegerValue().toString());
            default -> octet(Sort.DOUBLE).big(Double.doubleToRawLongBits(value.doubleValue()));
        }
    }

    /** Small numbers on either side of zero become small ones. */
    private static long zigzag(long number) {
        return number << 1 ^ number >> Long.SIZE - 1;
    }

    /** Every char as it is, also what is half a character, which no encoding of Unicode keeps. */
    void spelled(String text) {
        boolean narrow = text.chars().allMatch(character -> character < FIRST_OF_TWO_BYTES);
        number(text.length() << 1 | (narrow ? 0 : 1));
        if (narrow) {
            raw(text.getBytes(StandardCharsets.ISO_8859_1), text.length());
        } else {
            text.chars().forEach(character -> octet(character >> Byte.SIZE).octet(character));
        }
    }

    @SuppressWarnings("EnumOrdinal") // only the program that wrote it reads it
    private Packer octet(Sort sort) {
        return octet(sort.ordinal());
    }

    private Packer octet(int octet) {
        room(1);
        bytes[size++] = (byte) octet;
        return this;
    }

    private Packer big(long number) {
        long rest = number;
        while ((rest & ~SEVEN_BITS) != 0) {
            octet((int) rest & SEVEN_BITS | SEVEN_BITS + 1);
            rest >>>= 7;
        }
        return octet((int) rest);
    }

    private Packer raw(byte[] part, int length) {
        room(length);
        System.arraycopy(part, 0, bytes, size, length);
        size += length;
        return this;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
