/** Parts of pods that no container has a say in. */
@NullMarked
package io.meshwright.value.pod;

import org.jspecify.annotations.NullMarked;
