/**
 * Tests of what is packed for others, as they meet it: unpacked, in a repository of their own, on the JVMs that are
 * here.
 */
@NullMarked
package io.meshwright.distribution;

import org.jspecify.annotations.NullMarked;
