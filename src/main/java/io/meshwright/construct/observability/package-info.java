/** The whole of monitoring as one Chart: what runs, what it may read, and who may speak to whom. */
package io.meshwright.construct.observability;
