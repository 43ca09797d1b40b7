/** The answer to a request: the path that it takes, hop by hop, and the verdict at its end. */
package io.meshwright.trace.answer;
