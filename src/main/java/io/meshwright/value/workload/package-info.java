/** A container: image, resources, probes, storage. Shared by environment files and constructs. */
package io.meshwright.value.workload;
