/** Rules over external services and the gateway on the way to them. */
@NullMarked
package io.meshwright.environment.agreement.egress;

import org.jspecify.annotations.NullMarked;
