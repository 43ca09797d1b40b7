/** Values of the platform's charts, and the kinds of objects that they install. */
@NullMarked
package io.meshwright.construct.delivery.chart;

import org.jspecify.annotations.NullMarked;
