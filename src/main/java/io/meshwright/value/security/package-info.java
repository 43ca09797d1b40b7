/** The words of a zero-trust mesh, without any cluster: callers, their identities and what protects them. */
@NullMarked
package io.meshwright.value.security;

import org.jspecify.annotations.NullMarked;
