/** Which pods may speak to which, as NetworkPolicies. */
package io.meshwright.construct.network;
