/** What a gateway listens on and which certificate it shows. */
package io.meshwright.value.gateway;
