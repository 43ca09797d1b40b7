/** A container: image, resources, probes, storage. Shared by environment files and constructs. */
@NullMarked
package io.meshwright.value.workload;

import org.jspecify.annotations.NullMarked;
