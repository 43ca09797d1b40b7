package io.meshwright.manifest.packed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Texts by number, each once; one that has a number keeps it when others are added. */
public final class Texts {
    private final List<String> texts = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    int number(String text) {
        if (numbers.size() < texts.size()) {
            number();
        }
        Integer known = numbers.get(text);
        if (known == null) {
            known = texts.size();
            texts.add(text);
            numbers.put(text, known);
        }
        return known;
    }

    /** Only who adds a text needs the numbers of all. */
    private void number() {
        for (int number = 0; number < texts.size(); number++) {
            numbers.putIfAbsent(texts.get(number), number);
        }
    }

    String text(int number) {
        return texts.get(number);
    }

    /** Number of texts. */
    public int size() {
        return texts.size();
    }

    /** Writes all of them. */
    public void pack(Packer to) {
        to.number(texts.size());
        texts.forEach(to::spelled);
    }

    /** Reads what {@link #pack} wrote. */
    public static Texts unpacked(Unpacker from) {
        Texts read = new Texts();
        int size = from.number();
        for (int number = 0; number < size; number++) {
            read.texts.add(from.spelled());
        }
        return read;
    }
}
