/** The definitions of custom resources that the program brings, and what the API server makes of an object by them. */
@NullMarked
package io.meshwright.definition;

import org.jspecify.annotations.NullMarked;
