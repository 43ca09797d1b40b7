@NullMarked
package io.meshwright.advise;

import org.jspecify.annotations.NullMarked;
