/**
 * How a platform reaches its cluster: Argo CD's objects, the charts that they install and what those charts are told.
 */
package io.meshwright.construct.delivery;
