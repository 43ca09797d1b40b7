/** Which pods may speak to which, as NetworkPolicies. */
@NullMarked
package io.meshwright.construct.network;

import org.jspecify.annotations.NullMarked;
