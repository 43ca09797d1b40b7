/** The request that somebody asks about, as its client sends it. */
@NullMarked
package io.meshwright.trace.request;

import org.jspecify.annotations.NullMarked;
