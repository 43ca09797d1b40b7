/** NetworkPolicies: the pods that may speak to each other. */
@NullMarked
package io.meshwright.construct.network;

import org.jspecify.annotations.NullMarked;
