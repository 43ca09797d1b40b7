/** The request that somebody asks about, as its client sends it. */
package io.meshwright.trace.request;
