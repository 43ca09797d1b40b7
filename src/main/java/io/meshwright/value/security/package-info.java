/**
 * Who may call whom, by which identity and under which protection: the words of a zero-trust mesh, without any cluster.
 */
package io.meshwright.value.security;
