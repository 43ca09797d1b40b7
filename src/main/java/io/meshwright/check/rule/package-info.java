/**
 * One file per rule, or for a few that one look decides, named for what should hold, in rooms by kind of object. A
 * check describes its rules itself and is registered by its annotation: to add one, write the class, mark an example in
 * src/test/resources/check with {@code # want} and {@code # fine}, and run {@code ./meshwright docs}.
 */
@NullMarked
package io.meshwright.check.rule;

import org.jspecify.annotations.NullMarked;
