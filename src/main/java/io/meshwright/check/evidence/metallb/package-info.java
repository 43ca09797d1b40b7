/** Addresses that MetalLB gives, as its pools and the Services that ask for them tell. */
@NullMarked
package io.meshwright.check.evidence.metallb;

import org.jspecify.annotations.NullMarked;
