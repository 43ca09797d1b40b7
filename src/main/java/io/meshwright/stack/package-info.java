/** The charts, each one folder of {@code dist/<environment>/}; the only place where an environment meets constructs. */
package io.meshwright.stack;
