/** Settings of one environment's monitoring, and the addresses of each tool that follow from them; no cdk8s, no I/O. */
@NullMarked
package io.meshwright.construct.observability.settings;

import org.jspecify.annotations.NullMarked;
