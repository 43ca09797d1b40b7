/** The Secrets that manifests need, and who makes each. */
@NullMarked
package io.meshwright.secrets;

import org.jspecify.annotations.NullMarked;
