/** Parts of a stack that the assistant needs beside those of any service: files, rights, and whom it asks. */
@NullMarked
package io.meshwright.stack.assistant;

import org.jspecify.annotations.NullMarked;
