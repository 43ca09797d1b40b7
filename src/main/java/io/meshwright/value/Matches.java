package io.meshwright.value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The texts that a value admits; read by {@link Bounds}, the reader and the schema. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Matches {
    /** Of the whole text, without anchors, in the words that RE2 and JSON Schema share (no look-around). */
    String regex();

    /** The right form of the text, as it reads after "give": {@code a DNS label such as web-1}. */
    String says();

    /** Length in characters. */
    int max() default Integer.MAX_VALUE;
}
