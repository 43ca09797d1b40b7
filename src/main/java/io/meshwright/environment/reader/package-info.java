/** Reads YAML strictly into records and tells every problem of a file at once; knows no environment by name. */
package io.meshwright.environment.reader;
