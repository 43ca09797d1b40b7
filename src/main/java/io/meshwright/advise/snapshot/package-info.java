/** The questions to Prometheus, how they are asked, and the answers in one file. */
@NullMarked
package io.meshwright.advise.snapshot;

import org.jspecify.annotations.NullMarked;
