/** The three actions that an alert may start by itself, all that holds them back, and the server that takes alerts. */
@NullMarked
package io.meshwright.heal;

import org.jspecify.annotations.NullMarked;
