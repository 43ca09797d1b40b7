package io.meshwright.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Asserts the sentence with which a value is refused. */
public final class Refusals {
    private Refusals() {}

    public static AbstractStringAssert<?> assertRefused(ThrowingCallable making) {
        InvalidValue refusal = catchThrowableOfType(InvalidValue.class, making);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.remedy()).as("remedy").isNotBlank();
        return assertThat(refusal.getMessage());
    }
}
