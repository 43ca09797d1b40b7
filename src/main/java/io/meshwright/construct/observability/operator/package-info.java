/** Objects by which the Prometheus Operator gives a Prometheus of others what it scrapes and computes. */
@NullMarked
package io.meshwright.construct.observability.operator;

import org.jspecify.annotations.NullMarked;
