/**
 * Zero trust as constructs: who may call whom, over which wire, from which address, with which token, to which outside.
 */
@NullMarked
package io.meshwright.construct.security;

import org.jspecify.annotations.NullMarked;
