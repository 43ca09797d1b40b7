package io.meshwright.value.workload.data;

import io.meshwright.value.Bounds;
import io.meshwright.value.Doc;
import io.meshwright.value.Matches;

/**
 * Permissions of a file. Octal digits are told from a decimal number by their quotes: without, YAML 1.1 reads 0440 as
 * 288 and YAML 1.2 as 440.
 */
@Doc("Permissions of a file in octal digits, in quotes, for example \"0440\"; \"0\" to \"0777\".")
public record FileMode(
        @Matches(regex = "0|0[0-7]{1,3}", says = "octal digits in quotes, from \"0\" to \"0777\", such as \"0440\"")
        String value) {
    public FileMode {
        Bounds.check(FileMode.class, value);
    }

    public static FileMode of(String value) {
        return new FileMode(value);
    }

    /** As Kubernetes' JSON has it: 0440 is 288. */
    public int decimal() {
        return Integer.parseInt(value, 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
