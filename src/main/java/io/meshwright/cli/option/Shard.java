package io.meshwright.cli.option;

import io.meshwright.value.InvalidValue;
import io.meshwright.value.Plain;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One of several parts of the environments, for runs side by side: together they write what one run writes.
 *
 * @param part from 1
 * @param parts how many there are
 */
public record Shard(int part, int parts) {
    private static final int MOST = 1000;

    /**
     * Reads {@code 2/5}.
     *
     * @throws InvalidValue for what is no part
     */
    public static Shard of(String text) {
        if (text.matches("[1-9]\\d{0,3}/[1-9]\\d{0,3}")) {
            String[] numbers = text.split("/");
            Shard shard = new Shard(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]));
            if (shard.part <= shard.parts && shard.parts <= MOST) {
                return shard;
            }
        }
        throw new InvalidValue(
                "--shard",
                "%s is no part".formatted(Plain.quoted(text)),
                "write K/N, such as 2/5 for the second of five parts");
    }

    /** Every so many-th of the files, so that neighbours by name, which are often alike, are shared out evenly. */
    public List<Path> of(List<Path> files) {
        return IntStream.range(0, files.size())
                .filter(i -> i % parts == part - 1)
                .mapToObj(files::get)
                .toList();
    }
}
