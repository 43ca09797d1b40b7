/** Requests that end elsewhere than before. */
@NullMarked
package io.meshwright.plan.request;

import org.jspecify.annotations.NullMarked;
