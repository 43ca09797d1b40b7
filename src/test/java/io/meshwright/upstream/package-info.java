/** What other projects say of given objects, held against what is said here. */
@NullMarked
package io.meshwright.upstream;

import org.jspecify.annotations.NullMarked;
