/**
 * What a ztunnel leaves to others: the proxies that read DestinationRules and protocols before pods in ambient mode.
 */
@NullMarked
package io.meshwright.check.evidence.ambient;

import org.jspecify.annotations.NullMarked;
