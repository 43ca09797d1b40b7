/** Listeners of a gateway and the certificates that they show. */
package io.meshwright.value.gateway;
