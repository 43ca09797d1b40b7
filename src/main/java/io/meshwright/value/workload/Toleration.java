package io.meshwright.value.workload;

import io.meshwright.value.Defaulted;
import io.meshwright.value.Doc;
import io.meshwright.value.Require;
import io.meshwright.value.Word;
import org.jspecify.annotations.Nullable;

/** A taint of nodes on which the pods run nevertheless. */
@Doc("A taint of nodes on which the pods run nevertheless.")
public record Toleration(
        @Nullable @Doc("Key of the taint; absent with operator Exists: every taint.")
        String key,

        @Defaulted @Doc("Equal or Exists; default Equal where a value is given, else Exists.")
        Operator operator,

        @Nullable @Doc("Value of the taint.") String value,

        @Nullable @Doc("What the taint does; default: whatever it does.")
        Effect effect,

        @Nullable @Doc("Seconds that a pod stays on a node that gets the taint NoExecute; default: for good.")
        Long tolerationSeconds) {
    public Toleration {
        operator = operator == null ? value == null ? Operator.EXISTS : Operator.EQUAL : operator;
        if (key != null) {
            LabelSyntax.key("key", key);
        }
        Require.that(
                key != null || operator == Operator.EXISTS,
                "key",
                "is missing, and only Exists is about every taint",
                "add it, or write operator: Exists without value");
        Require.that(
                value == null || operator == Operator.EQUAL,
                "value",
                "\"%s\" is given beside Exists, which compares none".formatted(value),
                "remove one of them");
        Require.that(
                tolerationSeconds == null || effect == Effect.NO_EXECUTE,
                "tolerationSeconds",
                "\"%d\" counts only for NoExecute".formatted(tolerationSeconds),
                "write effect: NoExecute, or remove it");
        Require.that(
                tolerationSeconds == null || tolerationSeconds >= 0,
                "tolerationSeconds",
                "\"%d\" is negative".formatted(tolerationSeconds),
                "give 0 or more seconds");
    }

    /** The comparison of the taint's value. */
    public enum Operator {
        @Word("Exists")
        EXISTS,
        @Word("Equal")
        EQUAL
    }

    /** The effect of a taint to pods that do not tolerate it. */
    public enum Effect {
        @Word("NoSchedule")
        NO_SCHEDULE,
        @Word("PreferNoSchedule")
        PREFER_NO_SCHEDULE,
        @Word("NoExecute")
        NO_EXECUTE
    }
}
