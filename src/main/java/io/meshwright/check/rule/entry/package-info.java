/** Rules for ServiceEntries and for calls that leave the mesh. */
@NullMarked
package io.meshwright.check.rule.entry;

import org.jspecify.annotations.NullMarked;
