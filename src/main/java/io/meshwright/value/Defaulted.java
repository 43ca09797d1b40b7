package io.meshwright.value;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A key that may be left out because its record then has a value for it: the constructor takes null, the component is
 * never null. So the annotation stays at the constructor's parameter and does not come to the component's accessor.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Defaulted {}
