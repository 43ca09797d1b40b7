/** The proxies that read DestinationRules and protocols before pods in ambient mode, which ztunnels do not. */
@NullMarked
package io.meshwright.check.evidence.ambient;

import org.jspecify.annotations.NullMarked;
