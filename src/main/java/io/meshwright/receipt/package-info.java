/**
 * Receipts of what an earlier run found and wrote, so that the same inputs need not be rendered again. A receipt is
 * only ever believed when everything that it was made from and everything that it made is still the same.
 */
@NullMarked
package io.meshwright.receipt;

import org.jspecify.annotations.NullMarked;
