/** The commands: the only place that reads the process's environment variables and prints. */
package io.meshwright.cli;
