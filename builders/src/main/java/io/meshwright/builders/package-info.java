/** Writes the setters of builders from records while javac runs. */
package io.meshwright.builders;
