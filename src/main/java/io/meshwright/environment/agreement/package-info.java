/** Rules over several values of one environment file, a class each, and the reader that asks them all. */
package io.meshwright.environment.agreement;
