/** Words that environments, constructs and checks share: each refuses a bad value where it is made, without any I/O. */
@NullMarked
package io.meshwright.value;

import org.jspecify.annotations.NullMarked;
