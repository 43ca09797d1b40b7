/** The environment file of one cluster as typed records; defaults and single-value rules live in their constructors. */
package io.meshwright.environment;
