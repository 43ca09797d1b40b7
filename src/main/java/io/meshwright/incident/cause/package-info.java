/** The causes that manifests and Envoy's words allow. */
@NullMarked
package io.meshwright.incident.cause;

import org.jspecify.annotations.NullMarked;
