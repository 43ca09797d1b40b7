/** Rights that bindings and roles give to accounts; nothing here finds anything wrong. */
@NullMarked
package io.meshwright.check.rights;

import org.jspecify.annotations.NullMarked;
