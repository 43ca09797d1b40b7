/** Parts of pods that no container has a say in, and names of what pods read. */
@NullMarked
package io.meshwright.value.pod;

import org.jspecify.annotations.NullMarked;
