package io.meshwright.builders;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A record {@code Props} nested in a class {@code X}: javac gets a class {@code XSetters} with one setter for each
 * component and {@code props()}, which {@code X.Builder} extends.
 *
 * <p>The component's type says whether it must be given:
 *
 * <ul>
 *   <li>annotated {@code @Required}: it must, or {@code props()} refuses;
 *   <li>{@code Optional}: it may be absent, and its setter takes null for that;
 *   <li>a collection or map: empty unless given; its setter adds, and {@code props()} copies it in its order;
 *   <li>anything else, which is annotated {@code @Defaulted}: absent is {@code null}, for which the record's compact
 *       constructor has a default; a primitive has Java's own.
 * </ul>
 *
 * <p>A component whose type is another record nested in {@code X} groups settings by subject: the builder has the
 * setters of its components and none for the group.
 *
 * <p>On a record {@code X} that is in no class, javac gets {@code XSetters} for {@code X.Builder} too. It hands on what
 * was set as it is, and null for the rest: the record's own constructor has the defaults and refuses. A setter replaces
 * what was set before, and {@code from} takes over all of another {@code X}.
 */
@Retention(RetentionPolicy.SOURCE)
@Target(ElementType.TYPE)
public @interface Buildable {}
