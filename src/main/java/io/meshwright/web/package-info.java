/** Requests over the network, which few commands make and only where they are asked to. */
@NullMarked
package io.meshwright.web;

import org.jspecify.annotations.NullMarked;
