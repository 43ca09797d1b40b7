/**
 * Who may call whom, by which identity and under which protection: the words of a zero-trust mesh, without any cluster.
 */
@NullMarked
package io.meshwright.value.security;

import org.jspecify.annotations.NullMarked;
