/** Services and routes with their places in the file, of which agreements are made. */
@NullMarked
package io.meshwright.environment.agreement.part;

import org.jspecify.annotations.NullMarked;
