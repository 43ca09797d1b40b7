/** Amounts and ranges of addresses as Kubernetes reads them from text. */
@NullMarked
package io.meshwright.check.text;

import org.jspecify.annotations.NullMarked;
