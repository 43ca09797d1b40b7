/** The definitions of custom resources that the program brings, and what the API server makes of an object by them. */
package io.meshwright.definition;
