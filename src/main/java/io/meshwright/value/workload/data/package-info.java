/**
 * Sources of what programs read: variables, files, and the ConfigMaps, Secrets and fields of pods that these come from.
 */
@NullMarked
package io.meshwright.value.workload.data;

import org.jspecify.annotations.NullMarked;
